package dev.brigade.kitchen;

/** Where a demo is followed while it runs. Confined to the command's thread. */
interface DemoDisplay extends AutoCloseable {
  /** Shows nothing. */
  DemoDisplay NONE =
      new DemoDisplay() {
        @Override
        public void say(String line) {}

        @Override
        public void show(KitchenView view) {}

        @Override
        public void close() {}
      };

  /** Something has happened: one line that stays. */
  void say(String line);

  /** How the kitchen stands now; comes several times a second. */
  void show(KitchenView view);

  /** What was shown last stays; nothing more is drawn. May be called again. */
  @Override
  void close();
}
