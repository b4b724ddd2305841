package dev.brigade.worker;

import java.lang.reflect.Method;

/** What a chef runs on. */
enum ChefThreads {
  /** A thread of the operating system each. */
  PLATFORM {
    @Override
    Thread newThread(String name, Runnable task) {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    }
  },

  /**
   * Virtual threads, of a Java that has them: cheap by the thousand while they wait. A recipe that
   * computes for long should have platform threads, for nothing takes a processor from a virtual
   * thread.
   */
  VIRTUAL {
    @Override
    Thread newThread(String name, Runnable task) {
      try {
        // The build is for Java 17, which has no such methods.
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder");
        Method unstarted = type.getMethod("unstarted", Runnable.class);
        Object named = type.getMethod("name", String.class).invoke(builder, name);
        return (Thread) unstarted.invoke(named, task);
      } catch (ReflectiveOperationException e) {
        throw new UnsupportedOperationException("this Java has no virtual threads", e);
      }
    }
  };

  static final int FIRST_JAVA_WITH_VIRTUAL = 21;

  abstract Thread newThread(String name, Runnable task);

  boolean isAvailable() {
    return this == PLATFORM || Runtime.version().feature() >= FIRST_JAVA_WITH_VIRTUAL;
  }
}
