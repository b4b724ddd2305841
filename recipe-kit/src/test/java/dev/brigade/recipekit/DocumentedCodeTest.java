package dev.brigade.recipekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show is code that compiles and does what it says. */
class DocumentedCodeTest {
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?class (\\w+)");

  @TempDir Path dir;

  @Test
  void theReadmesRecipePassesTheTestBesideIt() throws Exception {
    List<String> blocks = DocumentedCode.of("README.md");
    List<String> names = compile(blocks);
    assertThat(names).containsExactly("Burger", "BurgerTest");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()})) {
      assertThat(runTestsOf(loader.loadClass("BurgerTest"))).isEqualTo(1);
    }
  }

  @Test
  void theGuideShowsTheExampleAsItIsTested() {
    String source =
        DocumentedCode.read(Path.of("src/test/java/dev/brigade/example/CheckoutTest.java"));
    String shown = source.substring(source.indexOf("class CheckoutTest")).strip();
    assertThat(DocumentedCode.of("docs/recipes.md")).contains(shown);
  }

  private List<String> compile(List<String> blocks) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-cp", System.getProperty("java.class.path"), "-d", dir.toString()));
    List<String> names = new ArrayList<>();
    for (String block : blocks) {
      Matcher type = CLASS.matcher(block);
      assertThat(type.find()).as("a class in %s", block).isTrue();
      Path file = dir.resolve(type.group(1) + ".java");
      Files.writeString(file, block);
      names.add(type.group(1));
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return names;
  }

  private static int runTestsOf(Class<?> type) throws Exception {
    int run = 0;
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        method.invoke(constructor.newInstance());
        run++;
      }
    }
    return run;
  }
}
