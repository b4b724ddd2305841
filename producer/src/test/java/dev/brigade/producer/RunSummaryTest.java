package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Batch;
import dev.brigade.orders.Json;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final OrderSource.Intake CLEAN = new OrderSource.Intake(3, 0, 0, null, null, null);
  private static final RunSummary.Ends ENDED = new RunSummary.Ends(2, 1, 0, 0, 0, 0, 2500, null);

  @Test
  void aGeneratorsSummaryIsOneLine() {
    RunSummary summary =
        new RunSummary(1200, 1199, 1, 2400, 499.6, new Batch("dinner", 1200), null, null, false);

    assertThat(summary.lines())
        .containsExactly(
            "sent 1,200 orders of batch dinner: acknowledged 1,199, failed 1 in 2.40 s (500/s)");
  }

  @Test
  void aLoadersSummaryTellsOfItsLines() {
    OrderSource.Intake intake = new OrderSource.Intake(10, 2, 1, null, "o.rejects", null);
    RunSummary summary = new RunSummary(7, 7, 0, 10, 700, null, intake, null, false);

    assertThat(summary.lines())
        .containsExactly(
            "sent 7 orders: acknowledged 7, failed 0 in 0.01 s (700/s)",
            "read 10 lines: refused 2, repeated 1; see o.rejects");
  }

  @Test
  void aResumedLoadTellsWhatWasThere() {
    OrderSource.Intake intake =
        new OrderSource.Intake(10, 2, 1, new OrderSource.Resumed(6, 3), "o.rejects", null);
    RunSummary summary = new RunSummary(1, 1, 0, 10, 100, null, intake, null, false);

    assertThat(summary.lines().subList(1, 3))
        .containsExactly(
            "read 10 lines: refused 2, repeated 1, on the topic before 6; see o.rejects",
            "the topic holds 3 records beyond the first of a line: the file was loaded without"
                + " --resume before, or by another producer at the same time");
  }

  @Test
  void howOrdersEndedIsTheLastLine() {
    Histogram micros = new Histogram(3);
    micros.recordValue(1500);
    RunSummary.Ends ends =
        new RunSummary.Ends(2, 1, 4, 5, 3, 6, 2500, RunSummary.Completion.of(micros));

    assertThat(new RunSummary(6, 6, 0, 10, 600, null, null, ends, false).lines().get(1))
        .isEqualTo(
            "cooked 2, dead letters 1, cooked twice 4, still open 3 after 2.50 s,"
                + " both cooked and dead 5, unreadable records 6;"
                + " completion p50 1.5 ms, p99 1.5 ms, max 1.5 ms");
  }

  @Test
  void machinesGetOneObjectWithoutWhatThereIsNot() {
    RunSummary summary = new RunSummary(3, 3, 0, 10, 300, new Batch("b", 3), CLEAN, ENDED, false);

    assertThat(Json.writeText(summary))
        .isEqualTo(
            "{\"sent\":3,\"acknowledged\":3,\"failed\":0,\"millis\":10,\"ordersPerSecond\":300.0,"
                + "\"batch\":{\"id\":\"b\",\"size\":3},"
                + "\"intake\":{\"lines\":3,\"refused\":0,\"repeated\":0},"
                + "\"ends\":{\"cooked\":2,\"dead\":1,\"cookedTwice\":0,\"conflicting\":0,"
                + "\"open\":0,\"unreadable\":0,\"millis\":2500},\"interrupted\":false}");
  }

  @Test
  void nothingWentWrongWhereEveryOrderWasAcknowledgedAndEnded() {
    assertThat(new RunSummary(3, 3, 0, 1, 1, null, CLEAN, ENDED, false).isFailure()).isFalse();
  }

  @Test
  void anythingLeftUndoneIsAFailure() {
    OrderSource.Intake refused = new OrderSource.Intake(3, 1, 0, null, "r", null);
    OrderSource.Intake changed = new OrderSource.Intake(3, 0, 0, null, null, "it grew");
    OrderSource.Intake twice =
        new OrderSource.Intake(3, 0, 0, new OrderSource.Resumed(3, 1), null, null);
    RunSummary.Ends open = new RunSummary.Ends(2, 0, 0, 0, 1, 0, 2500, null);

    assertThat(new RunSummary(3, 2, 1, 1, 1, null, CLEAN, ENDED, false).isFailure()).isTrue();
    assertThat(new RunSummary(3, 3, 0, 1, 1, null, refused, ENDED, false).isFailure()).isTrue();
    assertThat(new RunSummary(3, 3, 0, 1, 1, null, changed, ENDED, false).isFailure()).isTrue();
    assertThat(new RunSummary(3, 3, 0, 1, 1, null, twice, ENDED, false).isFailure()).isTrue();
    assertThat(new RunSummary(3, 3, 0, 1, 1, null, CLEAN, open, false).isFailure()).isTrue();
  }
}
