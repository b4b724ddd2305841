package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher itself, with a JDK and a Maven that only say how they were called. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LauncherTest {
  private LauncherFixture repository;

  @BeforeEach
  void createRepository(@TempDir Path directory) throws IOException {
    repository = LauncherFixture.create(directory);
  }

  @AfterEach
  void endLaunches() {
    repository.close();
  }

  @Test
  void theFirstLaunchBuildsAndTheNextOneDoesNot() throws Exception {
    // When
    LaunchedBrigade first = repository.launch("init").end();
    LaunchedBrigade next = repository.launch("init").end();

    // Then
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("building").contains("built in");
    assertThat(next.exitCode()).isZero();
    assertThat(next.err()).isEmpty();
    assertThat(repository.builds()).isEqualTo(1);
    assertThat(next.javaArguments()).endsWith("dev.brigade.kitchen.Brigade", "init");
  }

  @ParameterizedTest
  @ValueSource(strings = {"change", "add", "delete", "restore an old one", "change a pom"})
  void changedSourcesAreBuiltAgain(String change) throws Exception {
    // Given
    repository.launch("init").end();
    Path source = repository.root().resolve("orders/src/main/java/Order.java");

    // When
    switch (change) {
      case "change" -> Files.writeString(source, "class Order { int x; }");
      case "add" -> Files.writeString(source.resolveSibling("Meal.java"), "class Meal {}");
      case "delete" -> Files.delete(source);
      case "restore an old one" ->
          assertThat(source.toFile().setLastModified(1_000_000_000_000L)).isTrue();
      default -> Files.writeString(repository.root().resolve("orders/pom.xml"), "<project />");
    }
    LaunchedBrigade next = repository.launch("init").end();

    // Then
    assertThat(next.exitCode()).isZero();
    assertThat(repository.builds()).isEqualTo(2);
  }

  @Test
  void aWorkerHasTheThoroughCompilerOnlyForRecipesInJava() throws Exception {
    String quick = "-XX:TieredStopAtLevel=1";
    assertThat(repository.launch("worker", "--recipe", "*=exec:true").end().javaArguments())
        .contains(quick);
    assertThat(repository.launch("worker", "--recipe", "*=class:a.B").end().javaArguments())
        .doesNotContain(quick);
  }

  @Test
  void changedTestsAreNot() throws Exception {
    repository.launch("init").end();
    Files.writeString(repository.root().resolve("orders/src/test/OrderTest.java"), "class X {}");
    repository.launch("init").end();
    assertThat(repository.builds()).isEqualTo(1);
  }

  @Test
  void theBenchIsBuiltAndStartedOnItsOwn() throws Exception {
    // Given
    repository.launch("init").end();

    // When
    LaunchedBrigade bench = repository.launch("bench", "start").end();
    LaunchedBrigade again = repository.launch("bench", "start").end();

    // Then
    assertThat(bench.exitCode()).isZero();
    assertThat(repository.builds()).isEqualTo(2);
    assertThat(again.javaArguments())
        .endsWith("dev.brigade.bench.BenchMain", "bench", "start")
        .contains("-Dbrigade.launcher=" + repository.launcher())
        .noneMatch(flag -> flag.startsWith("-XX:SharedArchiveFile"));
    assertThat(again.classPath()).allMatch(jar -> jar.contains("/bench/target/launcher/lib/"));
  }

  @Test
  void aChangeInTheBenchConcernsNoOtherCommand() throws Exception {
    // Given
    repository.launch("init").end();
    repository.launch("bench").end();
    Path source = repository.root().resolve("bench/src/main/java/Bench.java");

    // When
    Files.writeString(source, "class Bench { int x; }");
    repository.launch("init").end();

    // Then
    assertThat(repository.builds()).isEqualTo(2);
    repository.launch("bench").end();
    assertThat(repository.builds()).isEqualTo(3);
  }

  @Test
  void afterAFailedBuildNothingRunsUntilOneSucceeds() throws Exception {
    // Given
    repository.launch("init").end();
    Path source = repository.root().resolve("orders/src/main/java/Order.java");
    Files.writeString(source, "class Broken");

    // When
    repository.letMavenFail(true);
    LaunchedBrigade failed = repository.launch("init").end();
    LaunchedBrigade failedAgain = repository.launch("init").end();
    repository.letMavenFail(false);
    LaunchedBrigade mended = repository.launch("init").end();

    // Then
    assertThat(List.of(failed, failedAgain))
        .allSatisfy(
            launch -> {
              assertThat(launch.exitCode()).isEqualTo(1);
              assertThat(launch.err())
                  .contains("[ERROR] Order.java: ';' expected")
                  .contains("build.log");
              assertThat(launch.out()).isEmpty();
            });
    assertThat(mended.exitCode()).isZero();
    assertThat(repository.builds()).isEqualTo(4);
  }

  @Test
  void whatANewBuildNoLongerHasIsNotOnTheClassPath() throws Exception {
    // Given
    assertThat(repository.launch("init").end().classPath()).anyMatch(jar -> jar.contains("-1.jar"));

    // When
    Files.writeString(repository.root().resolve("pom.xml"), "<project />");
    List<String> classPath = repository.launch("init").end().classPath();

    // Then
    assertThat(classPath)
        .allMatch(jar -> Files.exists(Path.of(jar)))
        .anyMatch(jar -> jar.endsWith("build-2.jar"))
        .noneMatch(jar -> jar.endsWith("build-1.jar"));
  }

  @Test
  void argumentsReachTheCommandAsTheyAre() throws Exception {
    String[] arguments = {"producer", "load", "my file", "", "*", "$HOME", "a\"b'c", "--x=\\"};
    LaunchedBrigade launch = repository.launch(arguments).end();
    assertThat(launch.javaArguments()).endsWith(arguments);
  }

  @Test
  void itRunsFromAnyDirectoryAndThroughSymbolicLinks() throws Exception {
    // Given
    Path elsewhere = Files.createDirectory(repository.root().resolveSibling("else where"));
    Path target = elsewhere.relativize(repository.launcher());
    Path link = Files.createSymbolicLink(elsewhere.resolve("a link"), target);
    Path linkToLink = Files.createSymbolicLink(elsewhere.resolve("b"), link.getFileName());

    // When
    LaunchedBrigade launch = repository.launch(elsewhere, linkToLink, "init").end();

    // Then
    assertThat(launch.exitCode()).isZero();
    assertThat(launch.workingDirectory()).isEqualTo(elsewhere);
    assertThat(launch.classPath()).allMatch(jar -> jar.startsWith(repository.root().toString()));
  }

  @Test
  void theCommandTakesTheLaunchersPlaceSoThatSignalsReachIt() throws Exception {
    LaunchedBrigade launch = repository.launch("worker");
    assertThat(launch.end().javaPid()).isEqualTo(launch.pid());
  }

  @ParameterizedTest
  @CsvSource({
    "worker, true",
    "supervise, true",
    "monitor, true",
    "init, false",
    "--version, false"
  })
  void longRunningCommandsEndWhenTheyRunOutOfMemory(String command, boolean expected)
      throws Exception {
    List<String> arguments = repository.launch(command).end().javaArguments();
    assertThat(arguments.contains("-XX:+ExitOnOutOfMemoryError")).isEqualTo(expected);
  }

  @Test
  void everyProcessGetsTheClassDataArchive() throws Exception {
    List<String> arguments = repository.launch("init").end().javaArguments();
    String archive = "-XX:SharedArchiveFile=" + repository.archive("17.0.1+12");
    assertThat(arguments).contains(archive);
    assertThat(String.join("\n", arguments))
        .containsPattern("-Dbrigade.jvm.flags=[^=]*\\Q" + archive);
  }

  @Test
  void withoutAnArchiveItWorksAllTheSame() throws Exception {
    // Given
    repository.letWarmUpFail();

    // When
    LaunchedBrigade first = repository.launch("init").end();
    LaunchedBrigade next = repository.launch("init").end();

    // Then
    assertThat(first.err()).contains("made no class-data archive");
    assertThat(next.err()).isEmpty();
    assertThat(List.of(first, next))
        .allSatisfy(
            launch -> {
              assertThat(launch.exitCode()).isZero();
              assertThat(launch.javaArguments()).noneMatch(flag -> flag.contains("SharedArchive"));
            });
  }

  @Test
  void anotherJavaGetsAnArchiveOfItsOwnWithoutANewBuild() throws Exception {
    // Given
    repository.launch("init").end();

    // When
    repository.setJavaVersion("21.0.2+13");
    LaunchedBrigade launch = repository.launch("init").end();

    // Then
    assertThat(launch.javaArguments())
        .contains("-XX:SharedArchiveFile=" + repository.archive("21.0.2+13"));
    assertThat(repository.builds()).isEqualTo(1);
  }

  @Test
  void flagsOfTheUserComeLast() throws Exception {
    repository.environment("BRIGADE_JAVA_OPTS", "-Xmx64m -Da=b");
    List<String> arguments = repository.launch("init").end().javaArguments();
    assertThat(arguments).containsSubsequence("-XX:+UseSerialGC", "-Xmx64m", "-Da=b", "-cp");
  }

  @Test
  void aPipeIsNoTerminal() throws Exception {
    assertThat(repository.launch("init").end().javaArguments()).contains("-Dbrigade.terminal=");
  }

  @ParameterizedTest
  @CsvSource({
    "11.0.2+9, is Java 11.0.2+9: a JDK 17 or newer is needed",
    "1.8.0_392-b08, is Java 1.8"
  })
  void anOldJavaIsNamedInOneLine(String version, String words) throws Exception {
    repository.setJavaVersion(version);
    LaunchedBrigade launch = repository.launch("init").end();
    assertThat(launch.exitCode()).isEqualTo(1);
    assertThat(launch.err().lines()).singleElement().asString().contains(words);
    assertThat(repository.builds()).isZero();
  }

  @Test
  void aJavaHomeWithoutJavaIsNamedInOneLine() throws Exception {
    repository.environment("JAVA_HOME", "/nowhere");
    LaunchedBrigade launch = repository.launch("init").end();
    assertThat(launch.exitCode()).isEqualTo(1);
    assertThat(launch.err().lines()).singleElement().asString().contains("JAVA_HOME is /nowhere");
  }

  @Test
  void withoutJavaHomeTheJavaOnThePathIsTakenEvenIfItIsAWrapper() throws Exception {
    repository.javaOnPathOnly();
    LaunchedBrigade launch = repository.launch("init").end();
    assertThat(launch.err()).doesNotContain("needed");
    assertThat(launch.exitCode()).isZero();
  }

  @Test
  void aCompilerIsNeededOnlyToBuild() throws Exception {
    // Given
    repository.launch("init").end();

    // When
    repository.removeCompiler();
    LaunchedBrigade current = repository.launch("init").end();
    Files.writeString(repository.root().resolve("pom.xml"), "<project />");
    LaunchedBrigade stale = repository.launch("init").end();

    // Then
    assertThat(current.exitCode()).isZero();
    assertThat(stale.exitCode()).isEqualTo(1);
    assertThat(stale.err().lines())
        .singleElement()
        .asString()
        .contains("a Java runtime without a compiler: building needs a JDK 17");
  }

  @Test
  void mavenIsNeededOnlyToBuild() throws Exception {
    // Given
    repository.launch("init").end();

    // When
    repository.removeMaven();
    LaunchedBrigade current = repository.launch("init").end();
    Files.writeString(repository.root().resolve("pom.xml"), "<project />");
    LaunchedBrigade stale = repository.launch("init").end();

    // Then
    assertThat(current.exitCode()).isZero();
    assertThat(stale.exitCode()).isEqualTo(1);
    assertThat(stale.err().lines())
        .singleElement()
        .asString()
        .contains("no mvn found: building needs Maven 3.8 or newer");
  }

  @ParameterizedTest
  @CsvSource({"3.6.3, false", "3.8.1, true", "3.10.0, true", "4.0.0-rc-2, true", "2.2.1, false"})
  void mavenHasToBeNewEnough(String version, boolean enough) throws Exception {
    repository.setMavenVersion(version);
    LaunchedBrigade launch = repository.launch("init").end();
    assertThat(launch.exitCode()).isEqualTo(enough ? 0 : 1);
    if (!enough) {
      assertThat(launch.err().lines()).singleElement().asString().contains("Maven 3.8 or newer");
    }
  }

  @Test
  void ofTwoLaunchesAtOnceOnlyOneBuilds() throws Exception {
    // Given
    repository.letMavenWait();
    LaunchedBrigade first = repository.launch("init");
    repository.awaitMaven();

    // When
    LaunchedBrigade second = repository.launch("init");
    second.awaitErr("waiting for it");
    repository.letMavenGoOn();

    // Then
    assertThat(first.end().exitCode()).isZero();
    assertThat(second.end().exitCode()).isZero();
    assertThat(repository.builds()).isEqualTo(1);
  }

  @Test
  void aSignalEndsTheBuildToo() throws Exception {
    // Given
    repository.letMavenWait();
    LaunchedBrigade launch = repository.launch("init");
    ProcessHandle maven = repository.awaitMaven();

    // When
    launch.terminate();

    // Then
    assertThat(launch.end().exitCode()).isEqualTo(143);
    maven.onExit().get(30, TimeUnit.SECONDS);
  }
}
