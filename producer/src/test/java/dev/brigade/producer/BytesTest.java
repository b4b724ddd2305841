package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final String[] PIECES = {"a", "burger", "é", "ß", "…", "\ud7ff", "\ue000", "🍔"};

  @Test
  void whatIsUtf8IsWhatTheStrictDecoderReads() {
    // Given valid text with up to two bytes damaged, at any alignment
    Random random = new Random(11);
    int invalid = 0;
    for (int round = 0; round < 100_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int offset = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      int length = bytes.length - offset;

      // When
      int first = Bytes.firstNonUtf8(bytes, offset, length);

      // Then
      assertThat(first < 0).isEqualTo(decodes(bytes, offset, length));
      if (first >= 0) {
        invalid++;
        assertThat(decodes(bytes, offset, first)).isTrue();
      }
    }
    assertThat(invalid).isBetween(10_000, 90_000);
  }

  private static boolean decodes(byte[] bytes, int offset, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void idsThatDifferLittleHashApart() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 300_000; i++) {
      hashes.add(Bytes.hash("order-" + i));
      hashes.add(Bytes.hash("order-" + i + " "));
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
      hashes.add(Bytes.hash(body, 0, length));
    }
    for (int i = 0; i < body.length; i++) {
      for (int value = 1; value < 256; value++) {
        body[i] = (byte) value;
        hashes.add(Bytes.hash(body, 0, body.length));
      }
      body[i] = 0;
    }
    assertThat(hashes).hasSize(41 + 40 * 255);
  }

  @Test
  void aHashDoesNotDependOnWhereTheBytesAre() {
    byte[] bytes = "..{\"id\":\"order-1\",\"dish\":\"soup\"}".getBytes(StandardCharsets.UTF_8);
    byte[] same = "{\"id\":\"order-1\",\"dish\":\"soup\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(Bytes.hash(bytes, 2, bytes.length - 2)).isEqualTo(Bytes.hash(same, 0, same.length));
  }
}
