package dev.brigade.monitor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The form of what the monitor writes to itself: stores, their changelogs and its repartition
 * topic. Nobody else reads it, so it is compact and has no version: a new form gets a new store.
 */
final class Binary {
  /** Writes one value. */
  interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads one value. */
  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  private Binary() {}

  static <T> Serde<T> serde(Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : write(writer, value),
        (topic, bytes) -> bytes == null ? null : read(reader, bytes));
  }

  private static <T> byte[] write(Writer<T> writer, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try {
      writer.write(value, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(Reader<T> reader, byte[] bytes) {
    try {
      return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("the monitor's own record is damaged", e);
    }
  }
}
