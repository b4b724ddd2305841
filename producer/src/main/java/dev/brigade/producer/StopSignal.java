package dev.brigade.producer;

import dev.brigade.orders.Interrupts;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop sending. It also wakes the sending thread, which may be blocked reading a pipe,
 * waiting for its schedule or waiting for buffer space; outside of the sending that thread is never
 * interrupted, so that what was sent is still followed to its acknowledgement.
 */
final class StopSignal {
  private volatile boolean requested;
  private @Nullable Thread sending;
  private @Nullable Runnable whenRequested;

  static StopSignal of(Interrupts interrupts) {
    StopSignal stop = new StopSignal();
    interrupts.onStop(stop::request);
    return stop;
  }

  boolean isRequested() {
    return requested;
  }

  void request() {
    Runnable action;
    synchronized (this) {
      requested = true;
      if (sending != null) {
        sending.interrupt();
      }
      action = whenRequested;
    }
    if (action != null) {
      action.run();
    }
  }

  /** The calling thread sends from now on and may be interrupted. */
  synchronized void enterSending() {
    sending = Thread.currentThread();
    if (requested) {
      sending.interrupt();
    }
  }

  /** The calling thread sends no longer; clears an interruption that came too late. */
  synchronized void leaveSending() {
    sending = null;
    Thread.interrupted();
  }

  /**
   * @param action runs when the stop is requested, at once if it was; must return soon
   */
  void onRequest(Runnable action) {
    synchronized (this) {
      whenRequested = action;
      if (!requested) {
        return;
      }
    }
    action.run();
  }
}
