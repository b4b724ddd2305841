package dev.brigade.kitchen.chaos;

import dev.brigade.audit.Checker;
import dev.brigade.audit.CommitObserver;
import dev.brigade.audit.CommitSample;
import dev.brigade.audit.CommittedOffsets;
import dev.brigade.audit.Delivery;
import dev.brigade.audit.FinalScan;
import dev.brigade.audit.Findings;
import dev.brigade.audit.Fingerprints;
import dev.brigade.audit.History;
import dev.brigade.audit.LedgerEntry;
import dev.brigade.audit.LedgeredSender;
import dev.brigade.audit.Leftovers;
import dev.brigade.audit.LiveScan;
import dev.brigade.audit.OpenTransactions;
import dev.brigade.audit.Ordering;
import dev.brigade.audit.Scan;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.kitchen.Format;
import dev.brigade.kitchen.RunDirectory;
import dev.brigade.kitchen.TemporaryRun;
import dev.brigade.kitchen.chaos.tools.Tool;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.TopicInit;
import dev.brigade.worker.CompletedOffsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** One soak, from an empty cluster to the verdict. Confined to the command's thread. */
final class SoakRun {
  /** What a supervisor says of a worker that was not killed. */
  private static final String ENDED_BY_ITSELF = " ended with exit code ";

  private static final Kitchen KITCHEN = new Kitchen(Kitchen.DEFAULT_NAME);
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration SENDER_LIMIT = Duration.ofSeconds(60);
  private static final Duration QUIESCE_LIMIT = Duration.ofSeconds(200);
  private static final long TICK_MILLIS = 100;
  private static final String SENDER = "chaos-sender";

  private final ChaosPlan plan;
  private final Schedule schedule;
  private final List<Bound> bounds;
  private final RunDirectory directory;
  private final ResultFiles files;
  private final Interrupts interrupts;
  private final Consumer<String> notes;
  private final List<String> unseen = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private final Outages outages = new Outages();
  private final LeakWatch leaks = new LeakWatch();
  private final HeapWatch heaps = new HeapWatch();
  private final Instant startedAt = Instant.now();
  private long loadBegan;

  /**
   * @param bounds what the faults may cost
   * @param files where the ledger goes
   * @param notes for people; called on any thread
   */
  SoakRun(
      ChaosPlan plan,
      Schedule schedule,
      List<Bound> bounds,
      RunDirectory directory,
      ResultFiles files,
      Interrupts interrupts,
      Consumer<String> notes) {
    this.plan = plan;
    this.schedule = schedule;
    this.bounds = bounds;
    this.directory = directory;
    this.files = files;
    this.interrupts = interrupts;
    this.notes = notes;
  }

  /**
   * @param skipped kinds of faults that this machine cannot have, and why
   * @throws TemporaryRun.Stopped if a signal came first
   */
  Verdict run(Map<String, String> skipped) throws InterruptedException {
    notes.accept("starting a Kafka cluster of %d broker processes".formatted(plan.brokers()));
    try (SmallDisks disks =
            SmallDisks.mount(directory.path(), has(Tool.SMALL_DISK) ? plan.brokers() : 0);
        KafkaCluster cluster = cluster(disks);
        Admin admin = Admin.create(SoakClients.admin(cluster.bootstrapServers()));
        Staff staff =
            new Staff(
                directory,
                new CommandLines(plan, directory.path(), cluster.bootstrapServers())::of,
                new RightEnds(plan, outages))) {
      TopicInit.run(admin, KITCHEN, ChaosPlan.PARTITIONS);
      return run(cluster, disks, admin, staff, skipped);
    } finally {
      files.keepLogs(directory.path());
    }
  }

  private boolean has(Tool tool) {
    return schedule.faults().stream().anyMatch(fault -> fault.kind().tool() == tool);
  }

  private KafkaCluster cluster(SmallDisks disks) {
    var builder =
        KafkaCluster.builder()
            .brokers(plan.brokers())
            .asProcesses()
            // A killed one leaves behind the native code that its libraries have unpacked.
            .jvmFlags(List.of("-Djava.io.tmpdir=" + directory.temporary()));
    if (has(Tool.PROXIES)) {
      builder.behindProxies(plan.seed());
    }
    disks.useIn(builder);
    return builder.start();
  }

  private Verdict run(
      KafkaCluster cluster, SmallDisks disks, Admin admin, Staff staff, Map<String, String> skipped)
      throws InterruptedException {
    Map<String, Object> clients = SoakClients.base(cluster.bootstrapServers());
    Progress progress = new Progress(plan.perSecond());
    try (LiveScan live = LiveScan.start(clients, KITCHEN, progress);
        CommitObserver commits = CommitObserver.start(clients, KITCHEN);
        LedgeredSender sender = sender(clients)) {
      openKitchen(staff, progress);
      heaps.before(pids(staff, progress));
      long before = progress.assignments();
      List<FaultRecord> faults = load(cluster, disks, admin, staff, progress, sender);
      quiesce(clients, staff, progress, sender);
      long rebalances = progress.assignments() - before;
      List<String> leaked = new ArrayList<>(leaks.leaks());
      leaked.addAll(heaps.leaks(pids(staff, progress)));
      unseen.addAll(heaps.unseen());
      closeKitchen(staff);
      notes.accept("reading the topics back");
      Fingerprints seen = live.stop();
      live.errors().forEach(error -> unseen.add("live scan: " + error));
      Scan last = FinalScan.read(clients, KITCHEN);
      List<CommitSample> samples = commits.stop();
      List<String> open = OpenTransactions.find(clients, KITCHEN, Duration.ZERO);
      Findings costs =
          Checker.check(
              new History(
                  plan.isExactlyOnce() ? Delivery.EXACTLY_ONCE : Delivery.AT_LEAST_ONCE,
                  Ordering.valueOf(plan.ordering().toUpperCase(Locale.ROOT)),
                  entries(sender),
                  seen,
                  last,
                  samples,
                  CommittedOffsets.read(clients, KITCHEN),
                  (committed, metadata) -> CompletedOffsets.read(committed, metadata)::contains,
                  Excuses.of(faults, loadBegan),
                  true,
                  missed,
                  new Leftovers(open, staff.problems(), leaked, List.of())));
      if (costs.commitSamples() == 0) {
        unseen.add("commits: nobody looked at them while orders were cooked");
      }
      Bound.Seen cost =
          new Bound.Seen(
              faults,
              progress.seconds(),
              rebalances,
              costs.duplicates(),
              costs.dead(),
              staff.restarts().size());
      List<Verdict.BoundLine> lines =
          bounds.stream().map(bound -> Verdict.BoundLine.of(bound, cost)).toList();
      return verdict(costs, faults, lines, progress, staff.restarts(), skipped);
    }
  }

  private LedgeredSender sender(Map<String, Object> clients) {
    try {
      Path ledger = files.ledgerFile();
      Files.deleteIfExists(ledger);
      return new LedgeredSender(
          clients,
          KITCHEN,
          SENDER,
          ledger,
          new LedgeredSender.Plan(
              plan.seed(), plan.perSecond(), plan.tables(), plan.dishes(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<LedgerEntry> entries(LedgeredSender sender) {
    try {
      return sender.entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void openKitchen(Staff staff, Progress progress) throws InterruptedException {
    notes.accept(
        "starting %d workers of %d chefs and the monitor".formatted(plan.workers(), plan.chefs()));
    staff.start(Arena.MONITOR);
    List<String> started = plan.supervised() ? List.of(Arena.SUPERVISOR) : plan.workerIds();
    started.forEach(staff::start);
    require(
        START_LIMIT,
        "every worker has its share of the partitions",
        staff,
        () -> isShared(progress));
  }

  /** Of those that were started here, and of supervised workers. */
  private Map<Long, String> pids(Staff staff, Progress progress) {
    Map<Long, String> pids = staff.pids();
    if (plan.supervised()) {
      for (String worker : plan.workerIds()) {
        Long pid = progress.pidOf(worker);
        if (pid != null) {
          pids.put(pid, worker);
        }
      }
    }
    return pids;
  }

  private boolean isShared(Progress progress) {
    Set<Integer> held = new HashSet<>();
    int holders = 0;
    for (String worker : plan.workerIds()) {
      held.addAll(progress.heldBy(worker));
      holders += progress.heldBy(worker).isEmpty() ? 0 : 1;
    }
    return held.size() == ChaosPlan.PARTITIONS
        && holders == Math.min(plan.workers(), ChaosPlan.PARTITIONS);
  }

  /** Orders flow and faults come, until the time is over. */
  private List<FaultRecord> load(
      KafkaCluster cluster,
      SmallDisks disks,
      Admin admin,
      Staff staff,
      Progress progress,
      LedgeredSender sender)
      throws InterruptedException {
    notes.accept(
        "orders flow: %s a second, for %d s"
            .formatted(Format.count((long) plan.perSecond()), plan.duration().toSeconds()));
    loadBegan = System.currentTimeMillis();
    progress.begin(loadBegan);
    sender.start();
    Arena arena =
        new Arena(
            plan,
            cluster,
            new Roles(admin, KITCHEN),
            staff,
            progress,
            sender,
            new GroupOffsets(admin, KITCHEN),
            disks,
            CommandLines.monitorState(directory.path()));
    FaultRunner runner =
        new FaultRunner(new Faults(arena)::aim, progress, outages, notes, loadBegan);
    try (runner) {
      runner.run(schedule);
      long end = loadBegan + plan.duration().toMillis();
      await(Duration.ofMillis(end - System.currentTimeMillis()), staff, () -> false);
    }
    return runner.records();
  }

  /** No order comes any more, all is healed: everything has to end. */
  private void quiesce(
      Map<String, Object> clients, Staff staff, Progress progress, LedgeredSender sender)
      throws InterruptedException {
    notes.accept("no more faults and orders: waiting until every order has its end");
    sender.stop(SENDER_LIMIT);
    long started = System.nanoTime();
    boolean ended =
        await(
            QUIESCE_LIMIT,
            staff,
            () ->
                progress.ordered() >= sender.acked()
                    && progress.ended() == progress.ordered()
                    && SoakClients.isAllCommitted(clients, KITCHEN));
    if (!ended) {
      missed.add(
          "%d s after the last fault was healed, %d of %d orders in the log have an end"
              .formatted(QUIESCE_LIMIT.toSeconds(), progress.ended(), progress.ordered()));
    }
    notes.accept(
        "%s of %s orders have their end, %s after the last order"
            .formatted(
                Format.count(progress.ended()),
                Format.count(progress.ordered()),
                Format.seconds((System.nanoTime() - started) / 1e9)));
    long measuredBefore = progress.measured();
    if (!await(QUIESCE_LIMIT, staff, () -> progress.isMeasured())) {
      missed.add(
          "the monitor measured %d of %d ends within %d s"
              .formatted(progress.measured(), progress.ended(), QUIESCE_LIMIT.toSeconds()));
    }
    notes.accept(
        "%s of %s ends are measured, %s by then; %s after the last order"
            .formatted(
                Format.count(progress.measured()),
                Format.count(progress.ended()),
                Format.count(measuredBefore),
                Format.seconds((System.nanoTime() - started) / 1e9)));
  }

  private void closeKitchen(Staff staff) throws InterruptedException {
    long ended = plan.supervised() ? staff.said(List.of(Arena.SUPERVISOR), ENDED_BY_ITSELF) : 0;
    if (ended > 0) {
      staff.problem("supervised workers ended by themselves %d times".formatted(ended));
    }
    for (String name : staff.names()) {
      staff.terminate(name, WorkerFaults.STOP_LIMIT);
    }
  }

  private Verdict verdict(
      Findings findings,
      List<FaultRecord> faults,
      List<Verdict.BoundLine> lines,
      Progress progress,
      List<String> restarts,
      Map<String, String> skipped) {
    return new Verdict(
        Verdict.outcome(findings.violations(), lines, faults, unseen),
        plan.seed(),
        startedAt,
        Duration.between(startedAt, Instant.now()).toSeconds(),
        Versions.here(),
        plan,
        schedule.faults(),
        Verdict.Counts.of(findings),
        findings.violations(),
        faults.stream().map(fault -> Verdict.FaultLine.of(fault, progress)).toList(),
        lines,
        restarts,
        skipped,
        unseen,
        usualWait(progress.seconds()),
        Timeline.longestStandstill(progress.seconds()),
        progress.seconds());
  }

  private double usualWait(List<Timeline.Second> seconds) {
    long firstMillis =
        schedule.faults().stream().mapToLong(PlannedFault::atMillis).min().orElse(Long.MAX_VALUE);
    return Timeline.usualWait(seconds, firstMillis, plan.perSecond());
  }

  private void require(Duration limit, String what, Staff staff, BooleanSupplier condition)
      throws InterruptedException {
    if (!await(limit, staff, condition)) {
      throw new IllegalStateException(
          "waited %d s in vain until %s: %s".formatted(limit.toSeconds(), what, staff.problems()));
    }
  }

  /**
   * Replaces who ends by itself, until the condition holds.
   *
   * @return whether it holds
   */
  private boolean await(Duration limit, Staff staff, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      TemporaryRun.stopIfTold(interrupts);
      staff.replaceDead();
      leaks.look(staff.pids());
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(TICK_MILLIS);
    }
    return true;
  }
}
