package dev.brigade.audit;

/** What holds whatever happens to brokers, workers and networks. */
public enum Invariant {
  I1("every acknowledged order is where it was acknowledged, unchanged"),
  I2("nothing is in the log that nobody ordered"),
  I3("every order has its end, a meal or a dead letter; no more of them than the delivery allows"),
  I4("first ends of a key come in log order"),
  I5("no two orders of a key are cooked at the same time"),
  I6("what is committed has its ends in the log; commits never go back"),
  I7("in the end everything is committed"),
  I8("with exactly-once, an end is visible only together with its offset"),
  I9("the monitor's figures are those of the topics; no latency is negative"),
  I10("readers of the same log see the same"),
  I11("work goes on in time after every fault"),
  I12("nothing is left behind");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
