package dev.brigade.worker;

import dev.brigade.orders.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Its tries end when the test says so. */
final class PendingRecipe implements AsyncRecipe {
  /** Order ids with the number of the try, as in {@code a-0/1}. */
  final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  private final Map<String, CompletableFuture<CookResult>> stages = new ConcurrentHashMap<>();
  private final Supplier<CompletableFuture<CookResult>> futures;

  PendingRecipe() {
    this(CompletableFuture::new);
  }

  PendingRecipe(Supplier<CompletableFuture<CookResult>> futures) {
    this.futures = futures;
  }

  @Override
  public CompletionStage<CookResult> cook(Order order, CookContext context) {
    CompletableFuture<CookResult> stage = futures.get();
    String name = order.id() + "/" + context.attempt();
    stages.put(name, stage);
    begun.add(name);
    return stage;
  }

  CompletableFuture<CookResult> stage(String name) {
    return Objects.requireNonNull(stages.get(name), name);
  }

  void complete(String name, CookResult result) {
    stage(name).complete(result);
  }

  boolean hasBegun(String... names) {
    return begun.containsAll(List.of(names));
  }
}
