package dev.brigade.kitchen.chaos;

import static dev.brigade.kitchen.chaos.TimelineSvg.inert;

import dev.brigade.audit.Violation;
import dev.brigade.kitchen.Format;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A soak as a page: one file, which loads nothing and runs nothing. */
final class ReportPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1c2430;--paper:#fff;--quiet:#667080;--line:#d8dde5;--ends:#1f6fb2;--backlog:#b4690e;--fault:#b3261e;--good:#19713f}
      @media (prefers-color-scheme:dark){:root{--ink:#e4e8ee;--paper:#14181f;--quiet:#98a2b3;--line:#333b48;--ends:#6db3f2;--backlog:#f0a94b;--fault:#ff7b72;--good:#57c78a}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1300px;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
      .PASSED{color:var(--good)}.FAILED{color:var(--fault)}.UNKNOWN{color:var(--backlog)}.quiet{color:var(--quiet)}
      table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
      th{font-weight:600;color:var(--quiet)}.n{text-align:right;font-variant-numeric:tabular-nums}
      figure{margin:1rem 0;overflow-x:auto}svg{width:100%;min-width:900px;font:11px system-ui,sans-serif}
      .grid{stroke:var(--line)}polyline{fill:none;stroke-width:1.6}.ends{stroke:var(--ends)}.backlog{stroke:var(--backlog)}
      text{fill:var(--quiet)}.title{fill:var(--ink);font-weight:600;font-size:13px}.axis{text-anchor:end}.time{text-anchor:middle}.label{fill:var(--ink)}
      .fault{fill:var(--fault)}.shade{fill:var(--fault);opacity:.07}.progress{fill:var(--ends)}.drained{fill:var(--good)}.missed{fill:var(--fault)}
      """;

  private final Verdict verdict;
  private final StringBuilder page = new StringBuilder();

  private ReportPage(Verdict verdict) {
    this.verdict = verdict;
  }

  static String of(Verdict verdict) {
    return new ReportPage(verdict).write();
  }

  private String write() {
    add("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    add(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    add("<meta name=\"viewport\" content=\"width=device-width\"><title>brigade chaos</title>");
    add("<style>" + STYLE + "</style></head><body>\n");
    add(
        "<h1>brigade chaos: <span class=\""
            + verdict.verdict()
            + "\">"
            + verdict.verdict()
            + "</span></h1>\n");
    ChaosPlan plan = verdict.configuration();
    add(
        "<p class=\"quiet\">seed %d, profile %s, %s, ordering by %s, %d brokers, %d workers of %d chefs, %s orders/s; %s, %d s</p>\n",
        plan.seed(),
        plan.profile(),
        inert(plan.delivery()),
        inert(plan.ordering()),
        plan.brokers(),
        plan.workers(),
        plan.chefs(),
        String.format(Locale.ROOT, "%,.0f", plan.perSecond()),
        verdict.startedAt(),
        verdict.tookSeconds());
    violations();
    counts();
    add("<h2>What happened</h2>\n<figure>" + TimelineSvg.of(verdict) + "</figure>\n");
    add(
        "<p class=\"quiet\">A bar is a fault from injection to healing; blue: all partitions it hit had an end again; green: no more orders waited than before. Both, in seconds since the injection, stand beside it.</p>\n");
    faults();
    skipped();
    setup();
    return page.append("</body></html>\n").toString();
  }

  private void violations() {
    if (verdict.violations().isEmpty()) {
      add("<p>No promise was seen broken.</p>\n");
    } else {
      add("<h2>Broken promises</h2>\n");
      open("invariant", "count", "what", "for example");
      for (Violation violation : verdict.violations()) {
        row(
            violation.invariant() + ": " + violation.invariant().words(),
            count(violation.count()),
            violation.message(),
            String.join("; ", violation.examples()));
      }
      close();
    }
    if (!verdict.notes().isEmpty()) {
      add("<h2>What could not be seen</h2>\n<ul>");
      verdict.notes().forEach(note -> add("<li>" + inert(note) + "</li>"));
      add("</ul>\n");
    }
  }

  private void counts() {
    var counts = verdict.counts();
    add("<h2>Counts</h2>\n");
    open(
        "orders acknowledged",
        "unknown",
        "failed",
        "in the log",
        "meals",
        "dead letters",
        "duplicates",
        "allowed",
        "waited before the first fault",
        "longest standstill");
    row(
        Stream.of(
                count(counts.acked()),
                count(counts.unknown()),
                count(counts.failed()),
                count(counts.ordersInLog()),
                count(counts.meals()),
                count(counts.dead()),
                count(counts.duplicates()),
                count(counts.duplicatesAllowed()),
                Format.seconds(verdict.usualWaitSeconds()),
                verdict.longestStandstillSeconds() + " s")
            .toArray(String[]::new));
    close();
  }

  private void faults() {
    add("<h2>Faults</h2>\n");
    open(
        "",
        "fault",
        "victim",
        "at",
        "for",
        "first progress",
        "all partitions",
        "drained",
        "shown by");
    for (Verdict.FaultLine fault : verdict.faults()) {
      Long from = fault.injectedAtMs();
      Long to = fault.healedAtMs();
      row(
          Integer.toString(fault.number()),
          fault.kind().toString(),
          fault.victim() == null ? "" : fault.victim(),
          seconds(from),
          from == null || to == null ? "" : seconds(to - from),
          seconds(fault.firstProgressMs()),
          seconds(fault.allProgressMs()),
          seconds(fault.drainedMs()),
          fault.failure() != null
              ? fault.failure()
              : fault.evidence() == null ? "nothing" : fault.evidence());
    }
    close();
  }

  private void skipped() {
    if (!verdict.skipped().isEmpty()) {
      add("<h2>Skipped on this machine</h2>\n");
      open("fault", "why");
      verdict.skipped().forEach(this::row);
      close();
    }
  }

  private void setup() {
    add("<h2>Setup</h2>\n");
    open("", "");
    verdict.versions().forEach(this::row);
    row("recipes", String.join(", ", verdict.configuration().recipes()));
    row("group protocol", verdict.configuration().groupProtocol());
    close();
  }

  private void open(String... headings) {
    add("<table><thead><tr>");
    List.of(headings).forEach(heading -> add("<th>" + inert(heading) + "</th>"));
    add("</tr></thead><tbody>\n");
  }

  private void row(String... cells) {
    add("<tr>");
    List.of(cells).forEach(cell -> add("<td>" + inert(cell) + "</td>"));
    add("</tr>\n");
  }

  private void close() {
    add("</tbody></table>\n");
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String seconds(@Nullable Long millis) {
    return millis == null ? "" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private void add(String text) {
    page.append(text);
  }

  private void add(String pattern, Object... values) {
    page.append(String.format(Locale.ROOT, pattern, values));
  }
}
