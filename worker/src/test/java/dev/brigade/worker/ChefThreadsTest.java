package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChefThreadsTest {
  @Test
  void platformThreadsAreNamedDaemons() {
    assertThat(nameSeenOn(ChefThreads.PLATFORM)).isEqualTo("chef-7");
    assertThat(ChefThreads.PLATFORM.newThread("chef-7", () -> {}).isDaemon()).isTrue();
  }

  /** Runs on whatever Java the build has: each half is the other's counterpart. */
  @Test
  void virtualThreadsAreThereFromJava21OnAndRefusedBefore() {
    if (Runtime.version().feature() >= ChefThreads.FIRST_JAVA_WITH_VIRTUAL) {
      assertThat(ChefThreads.VIRTUAL.isAvailable()).isTrue();
      assertThat(nameSeenOn(ChefThreads.VIRTUAL)).isEqualTo("chef-7");
    } else {
      assertThat(ChefThreads.VIRTUAL.isAvailable()).isFalse();
      assertThatThrownBy(() -> nameSeenOn(ChefThreads.VIRTUAL))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private static String nameSeenOn(ChefThreads threads) {
    CompletableFuture<String> name = new CompletableFuture<>();
    threads.newThread("chef-7", () -> name.complete(Thread.currentThread().getName())).start();
    return name.join();
  }
}
