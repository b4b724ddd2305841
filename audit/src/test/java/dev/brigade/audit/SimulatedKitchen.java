package dev.brigade.audit;

import dev.brigade.orders.Activity;
import dev.brigade.orders.LatencyWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Histories as they should be, from a seed: one worker of two dies in the midst of work. */
final class SimulatedKitchen {
  static final int PARTITIONS = 3;
  static final Instant OPENING = Instant.ofEpochSecond(1_800_000_003);

  private static final Map<String, History> HISTORIES = new ConcurrentHashMap<>();
  private static final int ORDERS = 400;
  private static final int TABLES = 9;
  private static final long PLACING_MILLIS = 10_000;

  private final Random random;
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final Map<Integer, SimulatedPartition> partitions = new TreeMap<>();

  private SimulatedKitchen(long seed, Delivery delivery, Ordering ordering) {
    this.random = new Random(seed);
    Map<Integer, List<SimulatedPartition.Placed>> placed = place();
    placed.forEach(
        (number, orders) ->
            partitions.put(
                number, new SimulatedPartition(random, delivery, ordering, number != 1, orders)));
  }

  /** The same for the same arguments. */
  static History history(long seed, Delivery delivery, Ordering ordering) {
    return HISTORIES.computeIfAbsent(
        seed + " " + delivery + " " + ordering, none -> simulate(seed, delivery, ordering));
  }

  private static History simulate(long seed, Delivery delivery, Ordering ordering) {
    SimulatedKitchen kitchen = new SimulatedKitchen(seed, delivery, ordering);
    Scan scan = kitchen.scan();
    return new History(
        delivery,
        ordering,
        kitchen.ledger,
        kitchen.fingerprints(seed % 2 == 0),
        scan,
        kitchen.samples(),
        new HashMap<>(scan.ordersEnd()),
        SimulatedKitchen::completed,
        List.of(
            Disruption.ofWorkers(
                at(SimulatedPartition.CRASH),
                at(SimulatedPartition.CRASH),
                Set.of(SimulatedPartition.FIRST_WORKER))),
        true,
        List.of(),
        Leftovers.NONE);
  }

  static Instant at(long millis) {
    return OPENING.plusMillis(millis);
  }

  private static CompletedSet completed(long committed, String metadata) {
    Set<String> offsets = Set.of(metadata.split(","));
    return offset -> offsets.contains(Long.toString(offset));
  }

  private Map<Integer, List<SimulatedPartition.Placed>> place() {
    Map<Integer, List<SimulatedPartition.Placed>> placed = new TreeMap<>();
    long[] next = new long[PARTITIONS];
    for (int i = 0; i < ORDERS; i++) {
      int table = random.nextInt(TABLES);
      int partition = table % PARTITIONS;
      LedgerEntry intent =
          LedgerEntry.intended("order-" + i, "table-" + table, i, random.nextLong());
      int luck = random.nextInt(100);
      if (luck < 2) {
        ledger.add(luck == 0 ? intent : intent.failed("refused"));
        continue;
      }
      next[partition] += random.nextInt(50) == 0 ? 1 : 0; // a transaction's marker, or aborted
      long offset = next[partition]++;
      ledger.add(luck < 5 ? intent.unknown("timed out") : intent.acked(partition, offset));
      long at = i * PLACING_MILLIS / ORDERS;
      OrderSeen seen =
          new OrderSeen(
              offset,
              intent.id(),
              random.nextBoolean() ? "soup" : "burger",
              table + 2,
              intent.hash(),
              i + 1,
              at(at).toEpochMilli());
      placed
          .computeIfAbsent(partition, none -> new ArrayList<>())
          .add(new SimulatedPartition.Placed(seen, at, random.nextInt(20) == 0));
    }
    return placed;
  }

  private Scan scan() {
    Map<Integer, List<OrderSeen>> orders = new TreeMap<>();
    Map<Integer, List<EndSeen>> meals = new TreeMap<>();
    Map<Integer, List<EndSeen>> deadLetters = new TreeMap<>();
    Map<Integer, Long> ends = new TreeMap<>();
    ExpectedWindows windows = new ExpectedWindows();
    partitions.forEach(
        (number, partition) -> {
          orders.put(
              number, partition.orders().stream().map(SimulatedPartition.Placed::seen).toList());
          meals.put(number, partition.meals().stream().map(this::meal).toList());
          deadLetters.put(
              number, partition.deadLetters().stream().map(SimulatedKitchen::deadLetter).toList());
          ends.put(number, partition.end());
          windows.cooked(meals.get(number));
          windows.dead(partition.deadLetters());
        });
    Map<String, LatencyWindow> published = windows.published();
    return new Scan(
        fingerprints(false),
        orders,
        meals,
        deadLetters,
        activity(),
        published,
        new ArrayList<>(),
        ends);
  }

  private EndSeen meal(SimulatedPartition.Ended meal) {
    OrderSeen order = meal.order().seen();
    long placed = meal.order().at() * 1000 - 500;
    long cook = 4_000 + random.nextInt(900);
    long finished = meal.finish() * 1000;
    return new EndSeen(
        meal.offset(),
        order.offset(),
        meal.worker(),
        order.dish(),
        order.identity(),
        at(meal.at()).toEpochMilli(),
        OPENING.toEpochMilli() * 1000 + meal.start() * 1000,
        OPENING.toEpochMilli() * 1000 + finished,
        finished - placed,
        meal.start() * 1000 - placed,
        cook);
  }

  private static EndSeen deadLetter(SimulatedPartition.Ended letter) {
    OrderSeen order = letter.order().seen();
    return new EndSeen(
        letter.offset(),
        order.offset(),
        letter.worker(),
        "",
        order.identity(),
        at(letter.at()).toEpochMilli(),
        0,
        0,
        0,
        0,
        0);
  }

  private List<Activity> activity() {
    List<Activity> activity = new ArrayList<>();
    partitions.forEach(
        (number, partition) -> {
          for (String worker :
              List.of(SimulatedPartition.FIRST_WORKER, SimulatedPartition.SECOND_WORKER)) {
            for (long time : List.of(0L, SimulatedPartition.TAKE_OVER)) {
              if (partition.isHeldBy(worker, time) && !partition.isHeldBy(worker, time - 1)) {
                activity.add(
                    told(
                        worker,
                        time,
                        Activity.Type.ASSIGNED,
                        List.of(Activity.Partition.named(number))));
              }
            }
          }
        });
    for (long time = 300; time < SimulatedPartition.CLOSING; time += 1000) {
      for (String worker :
          List.of(SimulatedPartition.FIRST_WORKER, SimulatedPartition.SECOND_WORKER)) {
        List<Activity.Partition> held = new ArrayList<>();
        for (Map.Entry<Integer, SimulatedPartition> each : partitions.entrySet()) {
          SimulatedPartition partition = each.getValue();
          if (partition.isHeldBy(worker, time)) {
            held.add(
                new Activity.Partition(
                    each.getKey(),
                    partition.position(time),
                    partition.commit(time).offset(),
                    0,
                    false));
          }
        }
        activity.add(told(worker, time, Activity.Type.REPORT, held));
      }
    }
    return activity;
  }

  private static Activity told(
      String worker, long time, Activity.Type type, List<Activity.Partition> partitions) {
    return new Activity(worker, "host", 1, at(time), type, partitions, null, null, null);
  }

  private List<CommitSample> samples() {
    List<CommitSample> samples = new ArrayList<>();
    for (long time = 130; time < SimulatedPartition.CLOSING + 1000; time += 200) {
      Map<Integer, CommitSample.Committed> known = new TreeMap<>();
      for (Map.Entry<Integer, SimulatedPartition> partition : partitions.entrySet()) {
        if (random.nextInt(20) > 0) {
          known.put(partition.getKey(), partition.getValue().sample(time));
        }
      }
      samples.add(new CommitSample(at(time), known));
    }
    return samples;
  }

  /**
   * @param prefix whether the reader had not come to the end
   */
  private Fingerprints fingerprints(boolean prefix) {
    Fingerprints fingerprints = new Fingerprints();
    partitions.forEach(
        (number, partition) -> {
          int missing = prefix ? 3 : 0;
          add(
              fingerprints,
              "orders",
              number,
              partition.orders().stream().map(o -> o.seen().offset()),
              missing);
          add(
              fingerprints,
              "meals",
              number,
              partition.meals().stream().map(SimulatedPartition.Ended::offset),
              missing);
        });
    return fingerprints;
  }

  private static void add(
      Fingerprints fingerprints, String topic, int partition, Stream<Long> offsets, int missing) {
    List<Long> all = offsets.toList();
    for (long offset : all.subList(0, Math.max(0, all.size() - missing))) {
      fingerprints.add(
          new TopicPartition(topic, partition),
          offset,
          (topic + partition + "/" + offset).hashCode());
    }
  }
}
