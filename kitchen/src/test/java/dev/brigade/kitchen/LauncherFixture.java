package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A repository with the launcher in it, in a path with a blank, beside a JDK and a Maven that are
 * scripts: java prints its process id, its working directory and its arguments; mvn notes that it
 * ran and makes one jar that is named after how often it did.
 */
final class LauncherFixture implements AutoCloseable {
  private static final String JAVA =
      """
      #!/bin/bash
      directory='%s'
      case "$*" in
        *-XshowSettings:properties*)
          echo "    java.home = $directory/jdk" >&2
          sed -n 's/^JAVA_RUNTIME_VERSION="\\(.*\\)"/    java.runtime.version = \\1/p' "$directory/jdk/release" >&2
          exit ;;
        *-XX:ArchiveClassesAtExit=*)
          [ ! -e "$directory/no-archive" ] || exit 1
          for argument; do
            case $argument in -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}" ;; esac
          done
          exit ;;
      esac
      printf '%%s\\0' $$ "$(pwd -P)" "$@"
      """;

  private static final String MAVEN =
      """
      #!/bin/bash
      directory='%s'
      if [ "$1" = -v ]; then
        echo "Apache Maven $(cat "$directory/maven-version") (b1c2d3)"
        exit
      fi
      echo $$ >>"$directory/builds"
      if [ -p "$directory/go-on" ]; then
        read -r _ <"$directory/go-on"
      fi
      if [ -e "$directory/fail" ]; then
        echo "[INFO] Compiling"
        echo "[ERROR] Order.java: ';' expected"
        exit 1
      fi
      while [ "$1" != -pl ]; do shift; done
      rm -rf "$2/target/dist"
      mkdir -p "$2/target/dist/lib"
      echo jar >"$2/target/dist/lib/build-$(wc -l <"$directory/builds").jar"
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final List<LaunchedBrigade> launches = new ArrayList<>();

  private LauncherFixture(Path directory) {
    this.directory = directory;
  }

  static LauncherFixture create(Path directory) throws IOException {
    LauncherFixture fixture = new LauncherFixture(directory.toRealPath());
    fixture.write("my kitchen/pom.xml", "<project/>");
    fixture.write("my kitchen/.mvn/jvm.config", "");
    fixture.write("my kitchen/orders/pom.xml", "<project/>");
    fixture.write("my kitchen/orders/src/main/java/Order.java", "class Order {}");
    fixture.write("my kitchen/orders/src/test/OrderTest.java", "class OrderTest {}");
    fixture.write("my kitchen/kitchen/pom.xml", "<project/>");
    fixture.write("my kitchen/bench/pom.xml", "<project/>");
    fixture.write("my kitchen/bench/src/main/java/Bench.java", "class Bench {}");
    Files.copy(Path.of("..", "brigade"), fixture.launcher());
    fixture.script("jdk/bin/java", JAVA);
    fixture.script("jdk/bin/javac", "#!/bin/bash\n");
    fixture.script("tools/mvn", MAVEN);
    fixture.setJavaVersion("17.0.1+12");
    fixture.setMavenVersion("3.9.9");
    fixture.environment("JAVA_HOME", fixture.directory.resolve("jdk").toString());
    fixture.environment("PATH", fixture.directory.resolve("tools") + ":/usr/bin:/bin");
    return fixture;
  }

  Path root() {
    return directory.resolve("my kitchen");
  }

  Path launcher() {
    return root().resolve("brigade");
  }

  Path archive(String javaVersion) {
    return root().resolve("kitchen/target/launcher/classes-" + javaVersion + ".jsa");
  }

  void environment(String name, String value) {
    environment.put(name, value);
  }

  void setJavaVersion(String version) throws IOException {
    write(
        "jdk/release",
        "IMPLEMENTOR=\"Test\"\nJAVA_RUNTIME_VERSION=\"%s\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
  }

  void setMavenVersion(String version) throws IOException {
    write("maven-version", version);
  }

  /** No JAVA_HOME, and a java on the PATH that is a script in front of the JDK's. */
  void javaOnPathOnly() throws IOException {
    environment.remove("JAVA_HOME");
    script("tools/java", "#!/bin/bash\nexec '%s/jdk/bin/java' \"$@\"\n");
  }

  void removeCompiler() throws IOException {
    Files.delete(directory.resolve("jdk/bin/javac"));
  }

  /** The machine's own, too: of its programs only those remain that the launcher itself runs. */
  void removeMaven() throws IOException {
    for (String name : List.of("dirname", "find", "flock", "mkdir", "readlink", "sed")) {
      script("few tools/" + name, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + name + " \"$@\"\n");
    }
    environment("PATH", directory.resolve("few tools").toString());
  }

  void letMavenFail(boolean fail) throws IOException {
    if (fail) {
      write("fail", "");
    } else {
      Files.delete(directory.resolve("fail"));
    }
  }

  void letWarmUpFail() throws IOException {
    write("no-archive", "");
  }

  /** Until {@link #letMavenGoOn()}. */
  void letMavenWait() throws IOException, InterruptedException {
    String pipe = directory.resolve("go-on").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
  }

  void letMavenGoOn() throws IOException {
    write("go-on", "\n");
  }

  ProcessHandle awaitMaven() throws IOException {
    while (buildPids().isEmpty()) {
      Thread.onSpinWait();
    }
    return ProcessHandle.of(Long.parseLong(buildPids().get(0))).orElseThrow();
  }

  int builds() throws IOException {
    return buildPids().size();
  }

  private List<String> buildPids() throws IOException {
    try {
      return Files.readString(directory.resolve("builds")).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  LaunchedBrigade launch(String... arguments) throws IOException {
    return launch(directory, launcher(), arguments);
  }

  LaunchedBrigade launch(Path workingDirectory, Path launcher, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    LaunchedBrigade launch = new LaunchedBrigade(builder.start());
    launches.add(launch);
    return launch;
  }

  @Override
  public void close() {
    launches.forEach(LaunchedBrigade::kill);
  }

  /** In the text, {@code %s} is the fixture's directory. */
  private void script(String path, String text) throws IOException {
    Path file = write(path, text.formatted(directory));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
