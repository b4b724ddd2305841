/**
 * Real Kafka brokers for development, the demo and every module's tests.
 *
 * <pre>
 *   KafkaClusterBuilder --start--> KafkaCluster --one per node--> BrokerNode
 *        |                             |                           |       \
 *   ClusterLayout (ports)        DataDirectory             EmbeddedBroker  BrokerProcess --stdin--> BrokerMain
 *                                                                  \                               /
 *                                                                   `------- CombinedNode --------'
 * </pre>
 *
 * <p>Start reading at {@link dev.brigade.cluster.KafkaCluster}. Only {@code CombinedNode} and its
 * two users know the Kafka server; the signatures that other modules see do not mention it.
 */
@NullMarked
package dev.brigade.cluster;

import org.jspecify.annotations.NullMarked;
