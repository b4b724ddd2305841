package dev.brigade.producer;

/** Says things to a person who watches, one line each; never the result. Thread-safe. */
interface Notes {
  void say(String line);
}
