/**
 * A network on the loopback interface that can be harmed: a TCP proxy in front of every listener of
 * a cluster, through which clients, brokers and controllers reach each other.
 *
 * <pre>
 *   caller --> Proxy (a port per listener) --accepts--> Connection --> the node's own port
 *                                                       /        \
 *                                         Pipe (requests)        Pipe (answers)
 *                                                       \        /
 *   Network --apply(Route, Effect)--> Rule --> Shape: when may these bytes go on?
 * </pre>
 *
 * <p>Start reading at {@link dev.brigade.cluster.net.Network}. Everything below it is confined to
 * the thread of {@code Loop}.
 */
@NullMarked
package dev.brigade.cluster.net;

import org.jspecify.annotations.NullMarked;
