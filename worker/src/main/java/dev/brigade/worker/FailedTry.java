package dev.brigade.worker;

import java.time.Duration;

/** What is told of a try whose recipe said nothing of a failure itself. */
final class FailedTry {
  private FailedTry() {}

  /**
   * Whatever a recipe throws is that try's failure and the chef goes on: an order that nobody
   * settles would hold its key and its partition for good. Only a JVM out of memory cannot.
   *
   * @throws OutOfMemoryError if that is what the recipe threw
   */
  static CookResult.Retry threw(Throwable e) {
    if (e instanceof OutOfMemoryError error) {
      throw error;
    }
    String message = e.getMessage();
    return of(e.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }

  static CookResult.Retry returnedNull() {
    return of("the recipe returned null");
  }

  static CookResult.Retry tookLongerThan(Duration cookTimeout) {
    return of("took longer than " + cookTimeout);
  }

  private static CookResult.Retry of(String reason) {
    return new CookResult.Retry(reason, null);
  }
}
