package dev.brigade.kitchen;

import java.util.List;

/** What a lab came to. Itself the object that {@code --json} prints. */
interface LabReport {
  List<Claim> claims();

  /** For people. */
  List<String> lines();
}
