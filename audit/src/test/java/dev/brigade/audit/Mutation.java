package dev.brigade.audit;

import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Something that is done to a history which had been right.
 *
 * @param applies to which deliveries and orderings it is an offence
 * @param broken what it breaks: this and nothing else
 */
record Mutation(
    String name,
    BiPredicate<Delivery, Ordering> applies,
    Set<Invariant> broken,
    Consumer<AlteredHistory> change) {

  static Mutation of(String name, Invariant broken, Consumer<AlteredHistory> change) {
    return new Mutation(name, (delivery, ordering) -> true, Set.of(broken), change);
  }

  static Mutation of(String name, Set<Invariant> broken, Consumer<AlteredHistory> change) {
    return new Mutation(name, (delivery, ordering) -> true, broken, change);
  }

  Mutation where(BiPredicate<Delivery, Ordering> only) {
    return new Mutation(name, only, broken, change);
  }

  @Override
  public String toString() {
    return name;
  }
}
