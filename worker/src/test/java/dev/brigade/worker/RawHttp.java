package dev.brigade.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests byte by byte, as no HTTP client would let a test send them. */
final class RawHttp {
  /** Longer than any answer may take; what takes longer fails its test. */
  private static final int TIMEOUT_MS = 20_000;

  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The value of this sample, as Prometheus names it; fails if there is none. */
    double sample(String nameAndTags) {
      return body.lines()
          .filter(line -> line.startsWith(nameAndTags + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(nameAndTags.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + nameAndTags + " in\n" + body));
    }
  }

  private RawHttp() {}

  static Answer get(String server, String path) {
    return send(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
  }

  /**
   * @param head request line and headers, each with its line end
   */
  static Answer send(String server, String head) {
    try (Socket socket = connect(server)) {
      write(socket, head + "Connection: close\r\n\r\n");
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Socket connect(String server) throws IOException {
    URI uri = URI.create(server);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static Answer parse(String answer) {
    int headEnd = answer.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      throw new AssertionError("no HTTP answer: '" + answer + "'");
    }
    String[] lines = answer.substring(0, headEnd).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": ?", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    return new Answer(
        Integer.parseInt(lines[0].split(" ")[1]), headers, answer.substring(headEnd + 4));
  }
}
