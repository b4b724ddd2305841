package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.Format;
import dev.brigade.kitchen.chaos.tools.PacketFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Faults of a broker's port, by the system's packet filter: nobody is told of them. */
final class PacketFaults {
  private final Arena arena;

  PacketFaults(Arena arena) {
    this.arena = arena;
  }

  /** What was in force, to be undone. */
  private record Dropping(PacketFilter filter, PacketFilter.Block block) {}

  /**
   * Clients and followers do not reach the leader of most partitions, which reaches its controller,
   * and so goes on leading.
   */
  AimedFault drop() {
    Roles.Leader leader = arena.roles().leaderOfMost();
    int port = arena.roles().port(leader.node());
    AtomicReference<@Nullable Dropping> dropping = new AtomicReference<>();
    AtomicLong packets = new AtomicLong();
    return new AimedFault(
        "broker %d at port %d".formatted(leader.node(), port),
        leader.partitions(),
        Set.of(),
        () -> {
          try {
            dropping.set(dropping(port));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        () -> packets.set(undo(dropping.get())),
        () -> packets.get() > 0 ? Format.count(packets.get()) + " packets dropped" : null);
  }

  private static Dropping dropping(int port) throws IOException, InterruptedException {
    PacketFilter filter = PacketFilter.open();
    try {
      return new Dropping(filter, filter.drop(port));
    } catch (IOException | InterruptedException | RuntimeException e) {
      filter.close();
      throw e;
    }
  }

  private static long undo(@Nullable Dropping dropping) throws InterruptedException {
    if (dropping == null) {
      return 0;
    }
    try (PacketFilter filter = dropping.filter();
        PacketFilter.Block block = dropping.block()) {
      return block.packets();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
