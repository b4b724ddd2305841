package dev.brigade.recipekit;

/** Where an order is. */
public enum OrderState {
  /** For a chef, or for an earlier order of its key. */
  WAITING,
  /** A try is under way: asleep on the clock, or its stage is not complete. */
  COOKING,
  /** A try failed and the next one is not due yet. */
  RETRYING,
  /** It has a meal. */
  COOKED,
  /** It has a dead letter. */
  DEAD
}
