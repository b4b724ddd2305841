package dev.brigade.orders;

import java.util.List;

/**
 * JVM flags that the launcher gives to every process of this distribution, and that a process it
 * starts is to get as well: the class-data archive above all, with which a broker process is ready
 * in half the time. They fit any JVM with the same Java and the same class path.
 */
public final class LauncherFlags {
  /** One flag per line, for paths have blanks in them. */
  private static final String PROPERTY = "brigade.jvm.flags";

  private LauncherFlags() {}

  /** None when the launcher did not start this process. */
  public static List<String> ofThisJvm() {
    return System.getProperty(PROPERTY, "").lines().filter(flag -> !flag.isBlank()).toList();
  }

  /** The flag by which a started process knows them too, and can pass them on. */
  public static String passedOn() {
    return "-D" + PROPERTY + "=" + System.getProperty(PROPERTY, "");
  }
}
