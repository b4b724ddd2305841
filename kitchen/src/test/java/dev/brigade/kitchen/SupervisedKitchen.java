package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.audit.LogOffsets;
import dev.brigade.audit.LogReader;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.orders.TopicInit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A kitchen of its own on the shared broker, and a supervisor of it in a process of its own. The
 * workers' session timeout is longer than any test lasts: what happens did not wait for it.
 */
final class SupervisedKitchen implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final String ID_PREFIX = "cook";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 20;
  private static final String SMALL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m";

  private final Kitchen kitchen;
  private final Map<String, Object> clientConfig;
  private final String bootstrapServers;
  private final Path log;
  private final Path commandConfig;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final LogOffsets offsets;
  private final LogReader reader;
  private final Set<ProcessHandle> workers = new HashSet<>();
  private @Nullable Process supervisor;

  SupervisedKitchen(KafkaCluster cluster, String name, Path directory) throws IOException {
    kitchen = new Kitchen(name);
    bootstrapServers = cluster.bootstrapServers();
    clientConfig = Map.of("bootstrap.servers", bootstrapServers);
    log = directory.resolve("supervisor.log");
    commandConfig = directory.resolve("client.properties");
    Files.writeString(commandConfig, "session.timeout.ms=120000\n");
    admin = Admin.create(clientConfig);
    producer =
        new KafkaProducer<>(clientConfig, new ByteArraySerializer(), new ByteArraySerializer());
    offsets = new LogOffsets(clientConfig);
    reader = new LogReader(clientConfig);
  }

  void init() {
    TopicInit.run(admin, kitchen, PARTITIONS);
  }

  /**
   * @param workerOptions what stands behind {@code --}
   */
  void supervise(int count, String... workerOptions) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("supervise"));
    arguments.addAll(List.of("--workers", Integer.toString(count)));
    arguments.addAll(List.of("--worker-id-prefix", ID_PREFIX));
    arguments.addAll(List.of("--bootstrap-server", bootstrapServers));
    arguments.addAll(List.of("--command-config", commandConfig.toString()));
    arguments.addAll(List.of("--kitchen", kitchen.name()));
    arguments.add("--");
    arguments.addAll(List.of(workerOptions));
    ProcessBuilder builder =
        new ProcessBuilder(ChildJvm.command(List.of(), ChildJvm.MAIN_CLASS, arguments))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile());
    builder.environment().put("BRIGADE_JAVA_OPTS", SMALL);
    supervisor = builder.start();
  }

  static String worker(int number) {
    return ID_PREFIX + "-" + number;
  }

  private Process supervisor() {
    return Objects.requireNonNull(supervisor);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Each worker's process, of those that were started under this id, in that order. */
  List<ProcessHandle> processes(String worker) throws IOException {
    return find(worker + " is process (\\d+)").stream()
        .flatMap(found -> ProcessHandle.of(Long.parseLong(found.group(1))).stream())
        .toList();
  }

  int starts(String worker) throws IOException {
    return find(worker + " is process (\\d+)").size();
  }

  List<MatchResult> find(String pattern) throws IOException {
    return Pattern.compile(pattern).matcher(log()).results().toList();
  }

  /** Ends the latest process of this id as a crash does; returns when it is gone. */
  void kill(String worker) throws Exception {
    List<ProcessHandle> processes = processes(worker);
    ProcessHandle latest = processes.get(processes.size() - 1);
    latest.destroyForcibly();
    latest.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Partitions by worker id; a member that holds none is there, too. */
  Map<String, Set<Integer>> holdings() {
    Map<String, Set<Integer>> holdings = new HashMap<>();
    for (MemberDescription member : members()) {
      Set<Integer> partitions = new HashSet<>();
      for (TopicPartition partition : member.assignment().topicPartitions()) {
        partitions.add(partition.partition());
      }
      holdings.put(member.groupInstanceId().orElseThrow(), partitions);
    }
    return holdings;
  }

  private List<MemberDescription> members() {
    String group = kitchen.chefsGroup();
    if (ClusterConnection.await(admin.listGroups().all()).stream()
        .noneMatch(listing -> listing.groupId().equals(group))) {
      return List.of();
    }
    ConsumerGroupDescription described =
        Objects.requireNonNull(
            ClusterConnection.await(admin.describeConsumerGroups(List.of(group)).all()).get(group));
    return described.groupState() == GroupState.PREPARING_REBALANCE
        ? List.of()
        : List.copyOf(described.members());
  }

  /** Returns when so many members share all partitions. */
  void awaitShared(int count) throws Exception {
    await(
        count + " workers share the partitions",
        () -> {
          Map<String, Set<Integer>> holdings = holdings();
          return holdings.size() == count
              && holdings.values().stream().noneMatch(Set::isEmpty)
              && holdings.values().stream().mapToInt(Set::size).sum() == PARTITIONS;
        });
  }

  /** Orders for every partition in turn, each of a table of its own. */
  void place(int count) {
    for (int number = 0; number < count; number++) {
      String id = "o" + System.nanoTime() + "-" + number;
      var order = new Order(id, "dish", Instant.now(), id, null, null, NullNode.instance);
      var unused =
          producer.send(
              new ProducerRecord<>(
                  kitchen.orders(),
                  number % PARTITIONS,
                  id.getBytes(StandardCharsets.UTF_8),
                  OrderCodec.encode(order)));
    }
    producer.flush();
  }

  /** A meal and when the broker appended it. */
  record Served(Meal meal, Instant at) {}

  List<Served> meals() {
    List<TopicPartition> partitions = offsets.partitions(kitchen.meals());
    List<Served> served = new ArrayList<>();
    reader.read(
        offsets.beginnings(partitions),
        offsets.ends(partitions),
        record -> {
          try {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            served.add(new Served(MealCodec.decode(record.value()), at));
          } catch (MalformedRecordException e) {
            throw new AssertionError(e);
          }
        });
    return served;
  }

  LogFindings check() {
    return LogCheck.run(clientConfig, kitchen, null);
  }

  void awaitAllEnded() throws Exception {
    await("every order has its end", () -> check().open() == 0);
  }

  void awaitLog(String pattern) throws Exception {
    Pattern compiled = Pattern.compile(pattern);
    while (!compiled.matcher(log()).find()) {
      look("the log says " + pattern);
    }
  }

  /** JUnit's timeout bounds it. */
  void await(String what, BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      look(what);
    }
  }

  /** The supervisor must not have ended. */
  private void look(String what) throws Exception {
    supervisor().children().forEach(workers::add);
    if (supervisor().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      fail("the supervisor ended before %s: %s", what, log());
    }
  }

  /** SIGTERM. */
  void terminate() {
    supervisor().children().forEach(workers::add);
    supervisor().toHandle().destroy();
  }

  void killSupervisor() {
    supervisor().children().forEach(workers::add);
    supervisor().toHandle().destroyForcibly();
  }

  int awaitEnd() throws Exception {
    assertThat(supervisor().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
    return supervisor().exitValue();
  }

  /** Returns when no worker runs any more; fails if there never was one. */
  void awaitNoWorkers() throws Exception {
    assertThat(workers).isNotEmpty();
    for (ProcessHandle worker : workers) {
      worker.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Also after a failed test: nothing outlives it. */
  @Override
  public void close() throws Exception {
    if (supervisor != null) {
      supervisor.children().forEach(workers::add);
      supervisor.destroyForcibly().waitFor();
    }
    workers.forEach(ProcessHandle::destroyForcibly);
    reader.close();
    offsets.close();
    producer.close();
    admin.close();
  }
}
