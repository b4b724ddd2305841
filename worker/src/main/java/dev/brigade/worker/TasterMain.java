package dev.brigade.worker;

import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A taster's process: cooks what it is told to, each try on a thread of its own, and answers. Ends
 * with its worker, whatever it is doing; a terminal's signals are its worker's to act on.
 */
final class TasterMain {
  private final Recipes recipes;
  private final DataOutputStream answers;
  private final Map<Long, Future<?>> running = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "taster");
            thread.setDaemon(true);
            return thread;
          });

  private TasterMain(Recipes recipes, DataOutputStream answers) {
    this.recipes = recipes;
    this.answers = answers;
  }

  /**
   * @param args the worker's process id
   */
  public static void main(String[] args) throws Exception {
    Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    Signal.handle(new Signal("TERM"), SignalHandler.SIG_IGN);
    endWith(Long.parseLong(args[0]));
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(Taster.ANSWERS)));
    TasterFrames.Kit kit = TasterFrames.readKit(in);
    try (Recipes recipes = RecipeSpecs.load(kit.specs(), kit.plugins())) {
      TasterFrames.writeReady(out);
      new TasterMain(recipes, out).serve(in);
    } catch (EOFException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  /** Also while recipes are made, which may never end: nobody reads standard input then. */
  private static void endWith(long worker) {
    Runnable end = () -> Runtime.getRuntime().halt(0);
    ProcessHandle.of(worker).ifPresentOrElse(it -> it.onExit().thenRun(end), end);
  }

  private void serve(DataInputStream in) throws IOException {
    while (true) {
      int kind = in.readByte();
      if (kind == TasterFrames.COOK) {
        begin(TasterFrames.readTry(in));
      } else {
        Future<?> cancelled = running.get(in.readLong());
        if (cancelled != null) {
          cancelled.cancel(true);
        }
      }
    }
  }

  private void begin(TasterFrames.Try cook) {
    FutureTask<?> task = new FutureTask<>(() -> answer(cook), null);
    running.put(cook.number(), task);
    threads.execute(task);
  }

  private void answer(TasterFrames.Try cook) {
    CookResult result = cook(cook);
    running.remove(cook.number());
    try {
      synchronized (answers) {
        TasterFrames.writeOutcome(answers, new TasterFrames.Outcome(cook.number(), result));
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  /** Here every try has a thread of its own to wait on. */
  private static @Nullable CookResult await(@Nullable CompletionStage<CookResult> stage)
      throws ExecutionException, InterruptedException {
    if (stage == null) {
      return null;
    }
    CompletableFuture<CookResult> future = stage.toCompletableFuture();
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }

  private @Nullable CookResult cook(TasterFrames.Try cook) {
    try {
      Order order = OrderCodec.decode(cook.order());
      AnyRecipe any = Objects.requireNonNull(recipes.forDish(order.dish()));
      return any instanceof Recipe recipe
          ? recipe.cook(order, cook.context())
          : await(((AsyncRecipe) any).cook(order, cook.context()));
    } catch (ExecutionException e) {
      return FailedTry.threw(e.getCause() == null ? e : e.getCause());
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(Taster.OUT_OF_MEMORY);
      throw e;
    } catch (Throwable e) {
      return FailedTry.threw(e);
    }
  }
}
