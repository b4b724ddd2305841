package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * What a broker process is told on its standard input before it starts: {@code key=value} lines (no
 * value holds a line break, see {@link BrokerSettings#check}) up to an empty one.
 *
 * @param temporary whether the process deletes its data when it loses its parent
 */
record BrokerInstructions(String clusterId, boolean temporary, Properties settings) {
  private static final String CLUSTER_ID = "brigade.cluster.id";
  private static final String TEMPORARY = "brigade.temporary";

  /** Leaves the stream open: its end is the sign that the parent has died. */
  void writeTo(OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writeLine(writer, CLUSTER_ID, clusterId);
    writeLine(writer, TEMPORARY, Boolean.toString(temporary));
    for (String key : settings.stringPropertyNames()) {
      writeLine(writer, key, settings.getProperty(key));
    }
    writer.write('\n');
    writer.flush();
  }

  private static void writeLine(Writer writer, String key, String value) throws IOException {
    writer.write(key + "=" + value + "\n");
  }

  static BrokerInstructions readFrom(BufferedReader in) throws IOException {
    Properties settings = new Properties();
    for (String line = in.readLine(); ; line = in.readLine()) {
      if (line == null) {
        throw new EOFException("the instructions on standard input end early");
      }
      if (line.isEmpty()) {
        break;
      }
      int equals = line.indexOf('=');
      settings.setProperty(line.substring(0, equals), line.substring(equals + 1));
    }
    String clusterId = (String) settings.remove(CLUSTER_ID);
    String temporary = (String) settings.remove(TEMPORARY);
    if (clusterId == null) {
      throw new IOException("the instructions on standard input name no " + CLUSTER_ID);
    }
    return new BrokerInstructions(clusterId, Boolean.parseBoolean(temporary), settings);
  }
}
