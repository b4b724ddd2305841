package dev.brigade.bench.micro;

import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JSON that every contender reads and writes: per order, whatever its engine. */
@State(Scope.Thread)
public class CodecBenchmark {
  private final Order order = Sample.order(1, 17);
  private final byte[] orderJson = OrderCodec.encode(order);
  private final Meal meal = Sample.meal(order, 1);
  private final byte[] mealJson = MealCodec.encode(meal);

  @Benchmark
  public Order orderDecode() throws MalformedRecordException {
    return OrderCodec.decode(orderJson);
  }

  @Benchmark
  public byte[] mealEncode() {
    return MealCodec.encode(meal);
  }

  @Benchmark
  public Meal mealDecode() throws MalformedRecordException {
    return MealCodec.decode(mealJson);
  }

  /** The least that any contender does per order. */
  @Benchmark
  public byte[] orderToMeal() throws MalformedRecordException {
    return MealCodec.encode(Sample.meal(OrderCodec.decode(orderJson), 1));
  }
}
