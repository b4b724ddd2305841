package dev.brigade.cluster.net;

/** A rule on one connection, which it counts once. */
final class AppliedRule {
  private final Rule rule;
  private boolean hit;

  AppliedRule(Rule rule) {
    this.rule = rule;
  }

  boolean isOf(Rule other) {
    return rule == other;
  }

  boolean resets() {
    return rule.resets();
  }

  int window() {
    return rule.shape().window();
  }

  long due(Direction direction, Chunk chunk, long now) {
    int bytes = chunk.bytes.remaining();
    long due = rule.shape().due(direction, bytes, now);
    if (due > now && chunk.heldUpBy(rule)) {
      hit();
      rule.hitBytes(bytes);
    }
    return due;
  }

  void hit() {
    if (!hit) {
      hit = true;
      rule.hitConnection();
    }
  }
}
