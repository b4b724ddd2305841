package dev.brigade.audit;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** Looks for transactions of a kitchen that nobody has ended. */
public final class OpenTransactions {
  private OpenTransactions() {}

  /**
   * @param openFor of those that began as long ago at least: a monitor at work has young ones
   * @return one line for each, by transactional id
   * @throws CommandFailure if the brokers do not answer
   */
  public static List<String> find(
      Map<String, Object> clientConfig, Kitchen kitchen, Duration openFor) {
    try (Admin admin = Admin.create(clientConfig)) {
      List<String> open =
          admin.listTransactions().all().get().stream()
              .filter(listing -> isOpen(listing.state()))
              .map(TransactionListing::transactionalId)
              .filter(id -> id.startsWith(kitchen.name() + "."))
              .toList();
      return describe(admin.describeTransactions(open)::description, open, openFor);
    } catch (ExecutionException e) {
      throw Commands.explain(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private interface Descriptions {
    KafkaFuture<TransactionDescription> of(String id);
  }

  private static List<String> describe(Descriptions all, List<String> ids, Duration openFor)
      throws ExecutionException, InterruptedException {
    Map<String, String> found = new TreeMap<>();
    long now = System.currentTimeMillis();
    for (String id : ids) {
      try {
        TransactionDescription transaction = all.of(id).get();
        long began = transaction.transactionStartTimeMs().orElse(now);
        if (isOpen(transaction.state()) && now - began >= openFor.toMillis()) {
          found.put(
              id,
              "%s is %s for %d ms on %s"
                  .formatted(id, transaction.state(), now - began, transaction.topicPartitions()));
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
          throw e;
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private static boolean isOpen(TransactionState state) {
    return state == TransactionState.ONGOING
        || state == TransactionState.PREPARE_COMMIT
        || state == TransactionState.PREPARE_ABORT;
  }
}
