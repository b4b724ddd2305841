package dev.brigade.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginClassesTest {
  private final Path directory;

  PluginClassesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aRecipeComesFromAJarAndUsesAClassOfAnother() throws Exception {
    // Given two jars: one with a recipe, the other with what it needs
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    compile(
        """
        package example;
        public final class Burger implements dev.brigade.worker.Recipe {
          public dev.brigade.worker.CookResult cook(
              dev.brigade.orders.Order order, dev.brigade.worker.CookContext context) {
            return dev.brigade.worker.CookResult.cooked(
                com.fasterxml.jackson.databind.node.TextNode.valueOf(Bun.KIND + order.dish()));
          }
        }
        class Bun {
          static final Object KIND = "sesame ";
        }
        """);
    jar(plugins.resolve("a.jar"), "example/Bun.class");
    jar(plugins.resolve("b.jar"), "example/Burger.class");
    Files.writeString(plugins.resolve("README.txt"), "not a jar");

    // When the recipe is named
    try (Recipes recipes = RecipeSpecs.load(List.of("*=class:example.Burger"), plugins)) {
      Recipe recipe = (Recipe) requireNonNull(recipes.forDish("burger"));

      // Then it cooks
      assertThat(recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY))
          .isEqualTo(CookResult.cooked(TextNode.valueOf("sesame burger")));
      assertThat(Processes.isOpenHere(plugins.resolve("a.jar"))).isTrue();
    }

    // And nothing of it stays open
    assertThat(Processes.isOpenHere(plugins.resolve("a.jar"))).isFalse();
    assertThat(Processes.isOpenHere(plugins.resolve("b.jar"))).isFalse();
  }

  @Test
  void anAsynchronousRecipeComesFromAJar() throws Exception {
    compile(
        """
        public final class Burger implements dev.brigade.worker.AsyncRecipe {
          public java.util.concurrent.CompletionStage<dev.brigade.worker.CookResult> cook(
              dev.brigade.orders.Order order, dev.brigade.worker.CookContext context) {
            return java.util.concurrent.CompletableFuture.completedStage(
                dev.brigade.worker.CookResult.rejected(order.dish()));
          }
        }
        """);
    jar(directory.resolve("a.jar"), "Burger.class");

    try (Recipes recipes = RecipeSpecs.load(List.of("*=class:Burger"), directory)) {
      AsyncRecipe recipe = (AsyncRecipe) requireNonNull(recipes.forDish("soup"));
      assertThat(recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY))
          .isCompletedWithValue(CookResult.rejected("burger"));
    }
  }

  @Test
  void aClassThatIsBothKindsOfRecipeIsRefused() throws Exception {
    // Given a class made for an AsyncRecipe of another version: no compiler of this one makes it
    Path other = Files.createDirectories(directory.resolve("dev/brigade/worker"));
    Files.writeString(
        other.resolve("AsyncRecipe.java"),
        "package dev.brigade.worker; public interface AsyncRecipe extends AutoCloseable {}");
    compile(
        """
        public abstract class Burger
            implements dev.brigade.worker.AsyncRecipe, dev.brigade.worker.Recipe {
          public void close() {}
        }
        """,
        "-implicit:none",
        "-sourcepath",
        directory.toString(),
        "-Xprefer:source");
    jar(directory.resolve("a.jar"), "Burger.class");

    assertUsage(
        () -> RecipeSpecs.load(List.of("*=class:Burger"), directory),
        "class Burger implements both dev.brigade.worker.Recipe and"
            + " dev.brigade.worker.AsyncRecipe; expected one of them");
  }

  @Test
  void aClassThatIsInNoJarIsMissedThere() {
    assertUsage(
        () -> RecipeSpecs.load(List.of("*=class:example.Soup"), directory),
        "class example.Soup is not on the class path or in the 0 jars of --plugins " + directory);
  }

  @Test
  void aPluginsDirectoryThatDoesNotExistIsRefused() {
    Path missing = directory.resolve("missing");

    assertUsage(
        () -> RecipeSpecs.load(List.of(), missing),
        "--plugins " + missing + ": no such directory; expected one with the jars");
  }

  @Test
  void aFileInPlaceOfThePluginsDirectoryIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertUsage(() -> RecipeSpecs.load(List.of(), file), "--plugins " + file + ": not a directory");
  }

  @Test
  void aFileThatIsOnlyNamedAJarIsRefused() throws Exception {
    Files.writeString(directory.resolve("broken.jar"), "PK, or so");

    assertUsage(() -> RecipeSpecs.load(List.of(), directory), "broken.jar is not a readable jar");
  }

  private static void assertUsage(ThrowingCallable loading, String complaint) {
    assertThatThrownBy(loading)
        .hasMessageContaining(complaint)
        .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e).message().hasLineCount(1));
  }

  private void compile(String source, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("Burger.java"), source);
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", directory.toString(), file.toString()));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertThat(failed).isZero();
  }

  private void jar(Path jar, String entry) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      entries.putNextEntry(new JarEntry(entry));
      Files.copy(directory.resolve(entry), entries);
    }
  }
}
