package dev.brigade.producer;

import dev.brigade.orders.Order;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Dishes and how often each is ordered, such as {@code burger=3,salad=1}. Immutable. */
final class DishMix {
  private static final int MAX_WEIGHT = 1_000_000;

  private final String[] dishes;
  private final long[] upTo;

  private DishMix(String[] dishes, long[] upTo) {
    this.dishes = dishes;
    this.upTo = upTo;
  }

  /**
   * @param text {@code DISH[=WEIGHT],…}; a weight is 1 to 1,000,000 and 1 by default
   * @throws IllegalArgumentException if it is not that, or names a dish twice
   */
  static DishMix parse(String text) {
    String[] parts = text.split(",", -1);
    List<String> dishes = new ArrayList<>();
    long[] upTo = new long[parts.length];
    long total = 0;
    for (int i = 0; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String dish = equals < 0 ? parts[i] : parts[i].substring(0, equals);
      Order.requireDish(dish);
      if (dishes.contains(dish)) {
        throw new IllegalArgumentException("dish '" + dish + "' is named twice");
      }
      dishes.add(dish);
      total += equals < 0 ? 1 : weight(dish, parts[i].substring(equals + 1));
      upTo[i] = total;
    }
    return new DishMix(dishes.toArray(String[]::new), upTo);
  }

  private static int weight(String dish, String text) {
    int weight = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "the weight of " + dish + " must be a whole number from 1 to " + MAX_WEIGHT);
    }
    return weight;
  }

  /** The sum of all weights. */
  long total() {
    return upTo[upTo.length - 1];
  }

  /**
   * @param ticket from 0, below {@link #total()}
   */
  String dish(long ticket) {
    int i = 0;
    while (ticket >= upTo[i]) {
      i++;
    }
    return dishes[i];
  }

  static final class Converter implements ITypeConverter<DishMix> {
    @Override
    public DishMix convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
