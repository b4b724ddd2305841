package dev.brigade.worker;

import dev.brigade.orders.Order;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import sun.misc.Unsafe;

/** Cooks slowly what is healthy, and dies in the way that the order's dish says of what is not. */
public final class PoisonRecipe implements Recipe {
  static final String HEALTHY = "healthy";

  @Override
  public CookResult cook(Order order, CookContext context) throws Exception {
    switch (order.dish()) {
      case "exit" -> System.exit(7);
      case "halt" -> Runtime.getRuntime().halt(0);
      case "kill" -> kill();
      case "memory" -> fillMemory();
      case "crash" -> unsafe().putAddress(0, 0);
      case "fails" -> throw new IllegalStateException("as it always does");
      default -> TimeUnit.MILLISECONDS.sleep(order.payload().asInt(20));
    }
    return CookResult.cooked();
  }

  private static void kill() throws Exception {
    new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
    TimeUnit.SECONDS.sleep(30);
  }

  private static void fillMemory() {
    List<byte[]> all = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      all.add(new byte[10_000_000]);
    }
    throw new IllegalStateException(all.size() + " blocks");
  }

  private static Unsafe unsafe() throws ReflectiveOperationException {
    Field field = Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return (Unsafe) field.get(null);
  }
}
