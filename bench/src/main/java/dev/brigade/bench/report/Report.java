package dev.brigade.bench.report;

import java.io.PrintWriter;

/**
 * What a results directory says, made anew from its files each time. The same files make the same
 * report, byte for byte. None of these closes what it writes to.
 */
public final class Report {
  private Report() {}

  /** For a terminal of 120 columns, in ASCII. */
  public static void text(ResultsDirectory directory, PrintWriter out) {
    new TextReport(directory.read(), out).print();
  }

  /** For programs: the machine, every run, the summary and the goals. */
  public static void json(ResultsDirectory directory, PrintWriter out) {
    new JsonReport(directory.read()).print(out);
  }

  /**
   * A page that needs no other file, no script and no network.
   *
   * @param out must encode in UTF-8
   */
  public static void html(ResultsDirectory directory, PrintWriter out) {
    new HtmlReport(directory.read()).print(out);
  }

  /**
   * The tables of a document.
   *
   * @param out must encode in UTF-8
   */
  public static void markdown(ResultsDirectory directory, PrintWriter out) {
    new MarkdownReport(directory.read(), out).print();
  }
}
