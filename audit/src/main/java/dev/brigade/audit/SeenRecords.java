package dev.brigade.audit;

import dev.brigade.orders.Activity;
import dev.brigade.orders.LatencyWindow;

/** Is told what a kitchen's records say, those of a partition in log order. */
interface SeenRecords {
  void order(int partition, OrderSeen order);

  void meal(int partition, EndSeen meal);

  void deadLetter(int partition, EndSeen deadLetter);

  void activity(Activity activity);

  void window(LatencyWindow window);

  /** A record that is not what its topic should hold. */
  void unreadable(String what);
}
