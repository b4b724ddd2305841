package dev.brigade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Stands for the launcher: starts Brigade from this build's own class path. */
final class ProductScript {
  private ProductScript() {}

  static Path in(Path directory) throws IOException {
    Path script = directory.resolve("brigade");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s/bin/java' $BRIGADE_JAVA_OPTS -cp '%s' dev.brigade.kitchen.Brigade "$@"
        """
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
