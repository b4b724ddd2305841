package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Hash64Test {
  @Test
  void idsThatDifferLittleHashApart() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 300_000; i++) {
      hashes.add(Hash64.of("order-" + i));
      hashes.add(Hash64.of("order-" + i + " "));
    }
    assertThat(hashes).hasSize(600_000);
    // The low bits choose the bucket, so they must be spread as well.
    assertThat(hashes.stream().map(hash -> hash & 0xffff).distinct()).hasSizeGreaterThan(65_000);
  }

  @Test
  void bodiesThatDifferInOneByteOrInLengthHashApart() {
    byte[] body = new byte[40];
    Set<Long> hashes = new HashSet<>();
    for (int length = 0; length <= body.length; length++) {
      hashes.add(Hash64.of(body, 0, length));
    }
    for (int i = 0; i < body.length; i++) {
      for (int value = 1; value < 256; value++) {
        body[i] = (byte) value;
        hashes.add(Hash64.of(body, 0, body.length));
      }
      body[i] = 0;
    }
    assertThat(hashes).hasSize(41 + 40 * 255);
  }

  @Test
  void aHashDoesNotDependOnWhereTheBytesAre() {
    byte[] bytes = "..{\"id\":\"order-1\",\"dish\":\"soup\"}".getBytes(StandardCharsets.UTF_8);
    byte[] same = "{\"id\":\"order-1\",\"dish\":\"soup\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(Hash64.of(bytes, 2, bytes.length - 2)).isEqualTo(Hash64.of(same, 0, same.length));
  }
}
