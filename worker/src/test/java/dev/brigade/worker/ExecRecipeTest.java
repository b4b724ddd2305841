package dev.brigade.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.Json;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExecRecipeTest {
  private final ExecGuard guard = new ExecGuard();

  private final Path directory;

  /** Held open by the processes of a command, so that they can be found. */
  private final Path alive;

  private @Nullable ExecRecipe recipe;

  ExecRecipeTest(@TempDir Path directory) throws Exception {
    this.directory = directory;
    this.alive = Processes.fifo(directory, "alive");
  }

  @AfterEach
  void close() {
    if (recipe != null) {
      recipe.close();
    }
    guard.close();
    Processes.killHolders(alive);
  }

  @Test
  void jsonOnStdoutIsTheResult() throws Exception {
    CookResult result = cook("echo '{\"price\": 9.90}'");

    assertThat(result).isEqualTo(cooked(Json.readTree("{\"price\":9.90}".getBytes(UTF_8))));
  }

  @Test
  void anythingElseOnStdoutIsTheResultAsText() throws Exception {
    CookResult result = cook("echo well done; echo noise >&2");

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("well done")));
  }

  @Test
  void theOrderIsInTheEnvironment() throws Exception {
    CookResult result =
        recipe("printf '%s|' \"$ORDER_ID\" \"$ORDER_DISH\" \"$ORDER_TABLE\" \"$ORDER_ATTEMPT\"")
            .cook(TestOrders.order("t 7\n\"'$", NullNode.getInstance()), TestOrders.tryOf(3));

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("o-1|burger|t 7\n\"'$|3|")));
  }

  @Test
  void theTableOfAnOrderWithoutOneIsEmptyButSet() throws Exception {
    CookResult result = cook("set -u; echo \"table: <$ORDER_TABLE>\"");

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("table: <>")));
  }

  @Test
  void aTableThatNoEnvironmentCanHoldIsRejected() throws Exception {
    CookResult result =
        recipe("true").cook(TestOrders.order("t\0", NullNode.getInstance()), TestOrders.FIRST_TRY);

    assertThat(result).isInstanceOf(CookResult.Rejected.class);
  }

  @Test
  void aTableTheLocaleCannotWriteIsNotReplacedByAnother() {
    assertThat(ExecRecipe.unfitForEnvironment("o-1", "Tür", US_ASCII))
        .isInstanceOfSatisfying(
            CookResult.Retry.class,
            retry -> assertThat(retry.reason()).contains("locale", "US-ASCII", "LC_ALL=C.UTF-8"));
    assertThat(ExecRecipe.unfitForEnvironment("ö-1", "t", US_ASCII)).isNotNull();
    assertThat(ExecRecipe.unfitForEnvironment("ö-1", "Tür", UTF_8)).isNull();
  }

  @Test
  void thePayloadIsOnStdinAsOneJsonDocument() throws Exception {
    JsonNode payload = Json.readTree("{\"a\":[1,\"ä\"]}".getBytes(UTF_8));

    CookResult result = recipe("cat").cook(TestOrders.order(null, payload), TestOrders.FIRST_TRY);

    assertThat(result).isEqualTo(cooked(payload));
  }

  @Test
  void aPayloadOfTextKeepsItsQuotes() throws Exception {
    CookResult result =
        recipe("wc -c").cook(TestOrders.order(null, TextNode.valueOf("abc")), TestOrders.FIRST_TRY);

    assertThat(((CookResult.Cooked) result).result().asInt()).isEqualTo(5);
  }

  @Test
  void stdinIsEmptyForAPayloadOfNull() throws Exception {
    CookResult result = cook("wc -c");

    assertThat(((CookResult.Cooked) result).result().asInt()).isZero();
  }

  @Test
  void aCommandThatReadsNothingOfAMegabyteCooks() throws Exception {
    TextNode payload = TextNode.valueOf("x".repeat(1024 * 1024));

    CookResult result =
        recipe("echo done").cook(TestOrders.order(null, payload), TestOrders.FIRST_TRY);

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("done")));
  }

  @Test
  void aCommandThatFillsBothOutputsBeforeItReadsCooks() throws Exception {
    TextNode payload = TextNode.valueOf("x".repeat(1024 * 1024));
    String noise = "head -c 3000000 /dev/zero | tr '\\0' ";

    CookResult result =
        recipe(noise + "e >&2; " + noise + "o; cat >/dev/null")
            .cook(TestOrders.order(null, payload), TestOrders.FIRST_TRY);

    String output = ((CookResult.Cooked) result).result().textValue();
    assertThat(output).isEqualTo("o".repeat(OutputHead.MAX_BYTES) + OutputHead.CUT);
  }

  @Test
  void exitCode65RejectsTheOrderForTheReasonOnStderr() throws Exception {
    CookResult result = cook("echo ignored; echo 'no such burger' >&2; exit 65");

    assertThat(result).isEqualTo(CookResult.rejected("no such burger"));
  }

  @Test
  void aRejectionWithoutAReasonSaysSo() throws Exception {
    CookResult result = cook("exit 65");

    assertThat(result)
        .isEqualTo(CookResult.rejected("the command rejected the order (exit code 65)"));
  }

  @Test
  void anyOtherExitCodeHasTheOrderTriedAgain() throws Exception {
    CookResult result = cook("echo first >&2; echo 'oven is cold' >&2; exit 3");

    assertThat(result)
        .isEqualTo(CookResult.retry("the command failed: exit code 3: first | oven is cold"));
  }

  @Test
  void aCommandThatDoesNotExistSaysSo() throws Exception {
    CookResult result = cook("no-such-command-here");

    assertThat(((CookResult.Retry) result).reason())
        .startsWith("the command failed: exit code 127: ")
        .contains("no-such-command-here")
        .contains("not found");
  }

  @ParameterizedTest
  @CsvSource({"KILL,KILL", "TERM,TERM", "USR1,10"})
  void aSignalIsNamed(String signal, String named) throws Exception {
    CookResult result = cook("kill -" + signal + " $$");

    assertThat(result).isEqualTo(CookResult.retry("the command failed: killed by signal " + named));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SLEEPER",
        "SLEEPER; true",
        "trap '' TERM INT HUP; SLEEPER; true",
        "setsid SLEEPER",
        "(setsid SLEEPER >/dev/null 2>&1 </dev/null &) ; sleep 600",
        "env -i SLEEPER",
        "(env -i SLEEPER >/dev/null 2>&1 </dev/null &) ; sleep 600",
        "sleep 600 & exec env -i SLEEPER",
      })
  void anInterruptionEndsTheCommandAndAllItStarted(String command) throws Exception {
    // Given a command that runs, the last of its processes too, and all of them hold a pipe open
    Path pid = Processes.fifo(directory, "pid");
    Path sleeper = Processes.sleeper(directory, pid);
    Cooking cooking =
        new Cooking("exec 9<>" + alive + "; " + command.replace("SLEEPER", sleeper.toString()));
    long last = Processes.readPid(pid);
    assertThat(Processes.holders(alive)).contains(last);

    // When the chef is interrupted
    cooking.chef.interrupt();

    // Then it gives up, and nobody has the pipe open any more
    assertThatThrownBy(cooking.result::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(Processes.holders(alive)).isEmpty();
  }

  @Test
  void oneChefsInterruptionLeavesAnothersCommandAlone() throws Exception {
    Path first = Processes.fifo(directory, "first");
    Path second = Processes.fifo(directory, "second");
    Path go = Processes.fifo(directory, "go");
    Cooking interrupted = new Cooking("echo $$ >" + first + "; sleep 600");
    Processes.readPid(first);
    Cooking other = new Cooking("echo $$ >" + second + "; read go <" + go + "; echo $go");
    Processes.readPid(second);

    interrupted.chef.interrupt();
    assertThatThrownBy(interrupted.result::get).hasCauseInstanceOf(InterruptedException.class);
    try (FileChannel word = Processes.write(go, "well\n")) {
      assertThat(word.isOpen()).isTrue();
      assertThat(other.result.get()).isEqualTo(cooked(TextNode.valueOf("well")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ">/dev/null 2>&1 </dev/null"})
  void whatIsLeftInTheBackgroundIsKilledAndDoesNotHoldTheChef(String where) throws Exception {

    CookResult result = cook("exec 9<>" + alive + "; sleep 600 " + where + "& echo served");

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("served")));
    assertThat(Processes.becomes(() -> Processes.holders(alive).isEmpty())).isTrue();
  }

  @Test
  void aSessionInTheBackgroundThatHoldsStdoutDoesNotHoldTheChef() throws Exception {
    CookResult result = cook("setsid sleep 600 & sleep 0.1; echo served");

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("served")));
  }

  @Test
  void aSessionInTheBackgroundEndsWithTheWorker() throws Exception {
    Path pid = Processes.fifo(directory, "pid");
    CookResult result =
        cook(
            "exec 9<>"
                + alive
                + "; (setsid sh -c 'echo $$ >"
                + pid
                + "; exec sleep 600' >/dev/null 2>&1 </dev/null &); read pid <"
                + pid
                + "; echo served");
    assertThat(result).isEqualTo(cooked(TextNode.valueOf("served")));
    assertThat(Processes.holders(alive)).isNotEmpty();

    guard.close();

    assertThat(Processes.holders(alive)).isEmpty();
  }

  @Test
  void aGuardThatWasKilledIsReplaced() throws Exception {
    cook("true");
    ProcessHandle first = guardProcess();

    first.destroyForcibly();
    first.onExit().get();
    CookResult result = cook("echo again");

    assertThat(result).isEqualTo(cooked(TextNode.valueOf("again")));
    assertThat(guardProcess().pid()).isNotEqualTo(first.pid());
  }

  @Test
  void noCommandStartsAfterTheEnd() {
    guard.close();

    assertThatThrownBy(() -> cook("true")).isInstanceOf(IllegalStateException.class);
  }

  private static ProcessHandle guardProcess() {
    return Processes.guards(ProcessHandle.current()).get(0);
  }

  private CookResult cook(String command) throws Exception {
    return recipe(command).cook(TestOrders.order(), TestOrders.FIRST_TRY);
  }

  private ExecRecipe recipe(String command) {
    if (recipe != null) {
      recipe.close();
    }
    recipe = new ExecRecipe(command, guard);
    return recipe;
  }

  private static CookResult cooked(JsonNode result) {
    return CookResult.cooked(result);
  }

  /** A command that another thread cooks. */
  private final class Cooking {
    final FutureTask<CookResult> result;
    final Thread chef;

    Cooking(String command) {
      ExecRecipe recipe = new ExecRecipe(command, guard);
      result =
          new FutureTask<>(
              () -> {
                try (recipe) {
                  return recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY);
                }
              });
      chef = new Thread(result, "chef");
      chef.start();
    }
  }
}
