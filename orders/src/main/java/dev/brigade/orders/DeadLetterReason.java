package dev.brigade.orders;

/** Why an order was given up. The header value is the wire form. */
public enum DeadLetterReason {
  /** Its value is not JSON within the limits. */
  UNDECODABLE("undecodable"),
  /** Its value is JSON but breaks the rules of an order. */
  INVALID("invalid"),
  /** No recipe is known for its dish. */
  NO_RECIPE("no-recipe"),
  /** Its recipe said that trying again is of no use. */
  REJECTED("rejected"),
  /** Every attempt failed. */
  EXHAUSTED("exhausted"),
  /** Every attempt failed and the last one took too long. */
  TIMED_OUT("timed-out"),
  /** Its deadline passed before it could be cooked. */
  EXPIRED("expired"),
  /** It took its worker's process down, several times. */
  KILLED_ITS_WORKER("killed-its-worker"),
  /** It is larger than an order may be; the dead letter holds a part of it. */
  OVERSIZE("oversize");

  private final String wireName;

  DeadLetterReason(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /**
   * @throws IllegalArgumentException if no reason has this name
   */
  public static DeadLetterReason ofWireName(String wireName) {
    for (DeadLetterReason reason : values()) {
      if (reason.wireName.equals(wireName)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("unknown reason '" + Text.shown(wireName) + "'");
  }
}
