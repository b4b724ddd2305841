package dev.brigade.kitchen.chaos;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which faults a soak draws from. */
enum Profile {
  /** One of each common kind, for two minutes. */
  SMOKE,
  /** Workers die, freeze, come and go. */
  WORKERS,
  /** Brokers die and freeze, in whatever role. */
  BROKERS,
  /** Nobody dies, but bytes do not arrive, or late. */
  NETWORK,
  /** All of them, also at the same time. */
  FULL;

  /** The kinds it draws from, each as likely as the others. */
  List<FaultKind> kinds() {
    return Arrays.stream(FaultKind.values()).filter(kind -> kind.isIn(this)).toList();
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
