package dev.brigade.kitchen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory for what a command's child processes write: logs, output, state. It is gone
 * after {@link #close()} and at the end of this JVM, and after this JVM's sudden death too: then
 * the children delete it, see {@link ParentTie}.
 */
public final class RunDirectory implements AutoCloseable {
  private static final int DELETE_ATTEMPTS = 5;

  private final Path path;
  private final Thread deleteAtExit = new Thread(this::delete, "delete-run-directory");

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * @param command the command it is for: part of the directory's name
   */
  public static RunDirectory create(String command) {
    try {
      RunDirectory created =
          new RunDirectory(Files.createTempDirectory("brigade-" + command + "-"));
      Files.createDirectory(created.temporary());
      Runtime.getRuntime().addShutdownHook(created.deleteAtExit);
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory", e);
    }
  }

  public Path path() {
    return path;
  }

  /**
   * For what JVMs and libraries put aside, such as native code, which a killed one leaves behind.
   */
  public Path temporary() {
    return path.resolve("tmp");
  }

  /** To be called when the processes that write into it have ended. */
  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(deleteAtExit);
    } catch (IllegalStateException e) {
      // This JVM is ending already; the hook finds nothing left to delete.
    }
  }

  private void delete() {
    delete(path);
  }

  /** A process that still ends may write meanwhile: after a few tries what is left is left. */
  public static void delete(Path directory) {
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(directory); attempt++) {
      try {
        Files.walkFileTree(directory, new Deletion());
      } catch (IOException e) {
        // Somebody wrote into a directory between its listing and its deletion: once more.
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
