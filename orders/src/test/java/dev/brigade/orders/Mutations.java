package dev.brigade.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Changes one thing in a JSON object: takes a field away, adds one, or puts another value in its
 * place, of those that tell a rule that is kept from one that is not. Only such values as a schema
 * and the code can both judge: a schema takes 1.0 for an integer and knows no unpaired surrogate.
 */
final class Mutations {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<JsonNode> VALUES = values();

  private final Generated generated;

  Mutations(Generated generated) {
    this.generated = generated;
  }

  ObjectNode of(ObjectNode original) {
    ObjectNode changed = original.deepCopy();
    List<JsonNode> containers = new ArrayList<>();
    collect(changed, containers);
    JsonNode container = generated.oneOf(containers);
    if (container instanceof ArrayNode array) {
      changeOneOf(array);
    } else {
      changeOneOf((ObjectNode) container);
    }
    return changed;
  }

  private void changeOneOf(ArrayNode array) {
    if (array.isEmpty()) {
      array.add(value());
    } else {
      array.set(generated.below(array.size()), value());
    }
  }

  private void changeOneOf(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || generated.below(20) == 0) {
      object.set("unknown", value());
    } else if (generated.below(8) == 0) {
      object.remove(generated.oneOf(names));
    } else {
      object.set(generated.oneOf(names), value());
    }
  }

  private JsonNode value() {
    return generated.oneOf(VALUES);
  }

  /** The object itself several times, so that its own fields have their turn. */
  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static List<JsonNode> values() {
    List<JsonNode> values = new ArrayList<>();
    values.add(JSON.nullNode());
    values.add(JSON.booleanNode(true));
    values.add(JSON.arrayNode());
    values.add(JSON.arrayNode().add(JSON.objectNode()));
    values.add(JSON.objectNode());
    values.add(JSON.objectNode().put("id", "b").put("size", 3));
    values.add(JSON.objectNode().put("partition", 3));
    values.add(JSON.numberNode(-1));
    values.add(JSON.numberNode(0));
    values.add(JSON.numberNode(1));
    values.add(JSON.numberNode(1.5));
    values.add(JSON.numberNode(-0.5));
    values.add(JSON.numberNode(1L << 31));
    values.add(JSON.numberNode(BigInteger.ONE.shiftLeft(63)));
    values.add(JSON.numberNode(BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE)));
    List<String> texts =
        List.of(
            "",
            " ",
            "1",
            "-1",
            "soup",
            "so up",
            "soup\n",
            "bürger",
            "*",
            "a\u0001b",
            "a\u0085b",
            "report",
            "chef-failed",
            "exhausted",
            "true",
            "null",
            "2026-11-20T16:35:49Z",
            "2026-11-20t16:35:49.123456789+01:00",
            "2026-02-29T16:35:49Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T16:35Z",
            "2026-11-20T16:35:49Z\n",
            "+2026-11-20T16:35:49Z",
            "kitchen.orders/1/2",
            "kitchen.orders/1",
            "/1/2",
            "1234567890");
    texts.forEach(text -> values.add(JSON.textNode(text)));
    IntStream.of(64, 65, 128, 129, 256, 257)
        .forEach(
            length -> {
              values.add(JSON.textNode("x".repeat(length)));
              values.add(JSON.textNode("🍔".repeat(length)));
            });
    return values;
  }
}
