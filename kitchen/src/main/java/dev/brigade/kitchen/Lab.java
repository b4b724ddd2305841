package dev.brigade.kitchen;

/** A claim of the textbooks, measured. */
interface Lab {
  /**
   * @param kitchen with a cluster and topics, but nobody in it
   * @throws TemporaryRun.Stopped if a signal comes first
   */
  LabReport run(LabKitchen kitchen, RunNotes notes) throws InterruptedException;
}
