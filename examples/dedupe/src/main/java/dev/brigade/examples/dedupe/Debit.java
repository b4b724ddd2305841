package dev.brigade.examples.dedupe;

import com.fasterxml.jackson.databind.JsonNode;

/** What an order's payload asks for: {@code {"account":"a-1","amount":5}}. */
record Debit(String account, long amount) {
  /** What a recipe says to another payload. */
  static final String EXPECTED = "expected an account and a whole amount from 1";

  /**
   * @throws IllegalArgumentException for anything else
   */
  static Debit of(JsonNode payload) {
    JsonNode account = payload.path("account");
    JsonNode amount = payload.path("amount");
    if (!account.isTextual() || !amount.canConvertToExactIntegral() || amount.longValue() < 1) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return new Debit(account.textValue(), amount.longValue());
  }
}
