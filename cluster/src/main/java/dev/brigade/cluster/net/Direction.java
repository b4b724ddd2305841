package dev.brigade.cluster.net;

/** Of bytes, as seen from who opened the connection. */
enum Direction {
  REQUESTS,
  ANSWERS
}
