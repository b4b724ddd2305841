package dev.brigade.worker;

/** Shows what the parts of a worker count anyway. */
final class WorkerGauges {
  private WorkerGauges() {}

  static void register(
      Watch watch, KeyQueues queues, Retries retries, Crew crew, Settling settling) {
    watch.counter("brigade.orders.cooked", "Meals acknowledged by the brokers", settling::cooked);
    watch.gauge("brigade.orders.ready", "Orders that wait for a chef", queues::ready);
    watch.gauge("brigade.orders.retrying", "Orders between two tries", retries::waiting);
    watch.gauge("brigade.keys.open", "Keys with open orders", queues::keys);
    watch.gauge("brigade.chefs", "Chefs", crew::chefs);
    watch.gauge("brigade.chefs.busy", "Chefs that are cooking", crew::busy);
  }
}
