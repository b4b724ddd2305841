package dev.brigade.kitchen;

/** Where a demo is followed while it runs. Thread-safe: a signal may have something to say. */
interface DemoDisplay {
  /** Shows nothing. */
  DemoDisplay NONE =
      new DemoDisplay() {
        @Override
        public void say(String line) {}

        @Override
        public void show(KitchenView view) {}
      };

  /** Something has happened: one line that stays. */
  void say(String line);

  /** How the kitchen stands now; comes several times a second. */
  void show(KitchenView view);
}
