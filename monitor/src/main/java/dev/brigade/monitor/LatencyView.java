package dev.brigade.monitor;

import dev.brigade.orders.Json;
import dev.brigade.orders.LatencyWindow;
import java.io.PrintWriter;

/** What {@code monitor} shows on stdout while it runs. Confined to the command's thread. */
interface LatencyView {
  void show(LatencyWindow window);

  /** Comes several times a second, whether there are windows or not. */
  void tick();

  /** Every revision of every window as a line of JSON. */
  static LatencyView json(PrintWriter out) {
    return new EachWindow(window -> out.println(Json.writeText(window)), out);
  }

  /** A line per ten seconds: all dishes together, once that is final. */
  static LatencyView lines(PrintWriter out) {
    out.println(WindowFormat.timedHeader());
    out.flush();
    return new EachWindow(
        window -> {
          if (window.isFinal()
              && window.windowSeconds() == WindowTimes.SHORTEST_SECONDS
              && window.dish().equals(LatencyWindow.ALL_DISHES)) {
            out.println(WindowFormat.timedRow(window));
          }
        },
        out);
  }

  /** Shows each window on its own. */
  record EachWindow(java.util.function.Consumer<LatencyWindow> each, PrintWriter out)
      implements LatencyView {
    @Override
    public void show(LatencyWindow window) {
      each.accept(window);
    }

    @Override
    public void tick() {
      out.flush();
    }
  }
}
