package dev.brigade.worker;

/** Shows what the parts of a worker count anyway. */
final class WorkerGauges {
  private WorkerGauges() {}

  static void register(
      Watch watch,
      Lease lease,
      KeyQueues queues,
      Retries retries,
      GuardedRecipes recipes,
      Crew crew,
      Settling settling) {
    watch.counter("brigade.orders.cooked", "Meals acknowledged by the brokers", settling::cooked);
    watch.gauge(
        "brigade.group.silence",
        "Seconds since the group's coordinator last answered",
        lease::silentSeconds);
    watch.gauge("brigade.orders.ready", "Orders that wait for a chef", queues::ready);
    watch.gauge(
        "brigade.orders.retrying", "Orders that wait for another try", retries::waitingOrders);
    watch.gauge("brigade.keys.open", "Keys with open orders", queues::keys);
    watch.gauge("brigade.chefs", "Chefs", crew::chefs);
    recipes.forEach((dish, recipe) -> registerBreaker(watch, dish, recipe));
    watch.gauge("brigade.chefs.busy", "Chefs that are cooking", crew::busy);
  }

  private static void registerBreaker(Watch watch, String recipe, GuardedRecipe guarded) {
    watch.gauge(
        "brigade.breaker.open",
        "1 while a recipe's breaker is open",
        () -> guarded.isOpen() ? 1 : 0,
        "recipe",
        recipe);
    watch.gauge(
        "brigade.breaker.waiting",
        "Orders that wait for a recipe's breaker",
        guarded::parkedOrders,
        "recipe",
        recipe);
  }
}
