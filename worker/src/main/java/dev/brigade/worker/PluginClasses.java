package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Text;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The classes that {@code class:} recipes are made of: those of the class path, then those of all
 * jars directly in {@code --plugins DIR}, which see each other. Jars added later are not seen.
 */
final class PluginClasses implements AutoCloseable {
  private final URLClassLoader loader;
  private final String places;

  private PluginClasses(List<URL> jars, String places) {
    this.loader =
        new URLClassLoader(
            "plugins", jars.toArray(new URL[0]), PluginClasses.class.getClassLoader());
    this.places = places;
  }

  /**
   * @throws CommandFailure (usage) if it is not a directory of readable jars
   */
  static PluginClasses in(@Nullable Path directory) {
    if (directory == null) {
      return new PluginClasses(List.of(), "on the class path, and there is no --plugins DIR");
    }
    String option = "--plugins " + Text.shown(directory.toString()) + ": ";
    if (!Files.isDirectory(directory)) {
      throw CommandFailure.usage(
          option
              + (Files.exists(directory) ? "not a directory" : "no such directory")
              + "; expected one with the jars of class recipes");
    }
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : files) {
        jars.add(readableJar(file, option));
      }
    } catch (IOException e) {
      throw CommandFailure.usage(option + "cannot be read: " + Text.shown(e.toString()));
    }
    jars.sort(Comparator.comparing(URL::getPath));
    return new PluginClasses(
        jars, "on the class path or in the " + jars.size() + " jars of --plugins " + directory);
  }

  private static URL readableJar(Path file, String option) throws MalformedURLException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw e;
    } catch (IOException e) {
      throw CommandFailure.usage(
          option + Text.shown(file.getFileName() + " is not a readable jar: " + e.getMessage()));
    }
  }

  /**
   * A new instance of the class with this name.
   *
   * @throws IllegalArgumentException if there is none to be had, with the reason
   */
  AnyRecipe open(String name) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      boolean blocking = Recipe.class.isAssignableFrom(type);
      if (blocking == AsyncRecipe.class.isAssignableFrom(type)) {
        throw refusal(
            name,
            (blocking ? "implements both " : "implements neither ")
                + Recipe.class.getName()
                + (blocking ? " and " : " nor ")
                + AsyncRecipe.class.getName()
                + "; expected one of them");
      }
      if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
        throw refusal(name, "must be public and not abstract");
      }
      Constructor<?> constructor = type.getConstructor();
      return (AnyRecipe) constructor.newInstance();
    } catch (ClassNotFoundException e) {
      throw refusal(name, "is not " + places);
    } catch (NoSuchMethodException e) {
      throw refusal(name, "has no public constructor without parameters");
    } catch (InvocationTargetException e) {
      throw refusal(name, "could not be made, its constructor threw " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw refusal(name, "could not be loaded: " + e);
    }
  }

  private static IllegalArgumentException refusal(String name, String why) {
    return new IllegalArgumentException(Text.shown("class " + name + " " + why));
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
