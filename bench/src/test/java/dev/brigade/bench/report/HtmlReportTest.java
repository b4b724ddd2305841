package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.Contender;
import dev.brigade.bench.OrderPromise;
import dev.brigade.bench.RunResult;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final String HOSTILE =
      "\"'><script>alert(1)</script><img src=x onerror=alert(2)></details></pre><!--]]>&lt;";

  @TempDir Path temporary;

  @Test
  void whateverContendersSayIsTextAndNothingElse() throws Exception {
    // Given
    ResultsDirectory directory = new ResultsDirectory(temporary);
    directory.begin(
        new Machine(
            HOSTILE,
            2,
            1,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            SampleResults.NOON,
            List.of(HOSTILE)));
    directory.record(
        new RecordedScenario(
            "drain-0ms", HOSTILE, Map.of(HOSTILE, HOSTILE), SampleResults.DRAIN.columns()));
    directory.record(new Contender("mine", HOSTILE, OrderPromise.NONE, List.of()));
    directory.save(hostile(1, List.of()));
    directory.save(hostile(2, List.of(HOSTILE)));

    // When
    Document page = parse(html(directory));

    // Then
    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "img")).isEmpty();
    assertThat(elements(page, "details")).hasSize(1);
    assertThat(elements(page, "details").get(0).getTextContent()).contains(HOSTILE);
    assertThat(elements(page, "pre"))
        .filteredOn(pre -> pre.getTextContent().equals(HOSTILE + "\n"))
        .as("the configuration")
        .hasSize(1);
    assertThat(elements(page, "li"))
        .filteredOn(line -> line.getTextContent().equals("mine, run 2: " + HOSTILE))
        .as("the fault")
        .hasSize(1);
    assertThat(allElements(page)).allSatisfy(HtmlReportTest::assertInert);
  }

  @Test
  void charactersThatHideOrReverseAreShownAsWhatTheyAre() throws Exception {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(
        SampleResults.run("mine", 1, Map.of(), List.of("a\u202Eb\u0000c\u001b[2Jd\u200Be")));

    // When, then
    assertThat(html(directory)).contains("a\uFFFDb\uFFFDc\uFFFD[2Jd\uFFFDe");
  }

  @Test
  void thePageNeedsNothingElse() throws Exception {
    // When
    String html = html(SampleResults.full(temporary));

    // Then
    Document page = parse(html);
    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "link")).isEmpty();
    assertThat(html).doesNotContain("@import", "url(", "http:", "https:", "src=");
    assertThat(elements(page, "a"))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(link.getAttribute("href")).startsWith("#"));
  }

  @Test
  void everyLinkHasItsTarget() throws Exception {
    // When
    Document page = parse(html(SampleResults.full(temporary)));

    // Then
    List<String> ids = allElements(page).stream().map(one -> one.getAttribute("id")).toList();
    assertThat(elements(page, "a"))
        .allSatisfy(link -> assertThat(ids).contains(link.getAttribute("href").substring(1)));
    assertThat(ids.stream().filter(id -> !id.isEmpty())).doesNotHaveDuplicates();
  }

  @Test
  void everyChartIsNamedAndTold() throws Exception {
    // When
    Document page = parse(html(SampleResults.full(temporary)));

    // Then
    assertThat(elements(page, "svg"))
        .hasSize(7)
        .allSatisfy(
            chart -> {
              assertThat(chart.getAttribute("role")).isEqualTo("img");
              assertThat(text(chart, "title")).contains(" in ");
              assertThat(text(chart, "desc")).startsWith("Best first: ");
            });
  }

  @Test
  void barsAreAsLongAsTheirFigures() throws Exception {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("plain-1", 1, 100));
    directory.save(SampleResults.run("plain-1", 2, 300));
    directory.save(SampleResults.run("brigade", 1, 400));

    // When
    Element chart = elements(parse(html(directory)), "svg").get(0);

    // Then
    List<Element> bars = elements(chart, "rect");
    double full = width(bars.get(0));
    assertThat(width(bars.get(1))).isEqualTo(full / 2, within());
    List<Element> whiskers =
        elements(chart, "line").stream()
            .filter(line -> line.getAttribute("class").equals("whisker"))
            .toList();
    double zero = Double.parseDouble(bars.get(0).getAttribute("x"));
    assertThat(Double.parseDouble(whiskers.get(0).getAttribute("x1")) - zero)
        .isEqualTo(full / 4, within());
    assertThat(Double.parseDouble(whiskers.get(0).getAttribute("x2")) - zero)
        .isEqualTo(full * 3 / 4, within());
  }

  @Test
  void onlyOursStandsOut() throws Exception {
    // When
    Element chart = elements(parse(html(SampleResults.full(temporary))), "svg").get(0);

    // Then
    assertThat(elements(chart, "g"))
        .filteredOn(row -> row.getAttribute("class").equals("ours"))
        .singleElement()
        .satisfies(row -> assertThat(row.getTextContent()).contains("brigade58,912"));
  }

  private static RunResult hostile(int repetition, List<String> faults) {
    return new RunResult(
        "drain-0ms",
        "mine",
        repetition,
        SampleResults.NOON,
        List.of(HOSTILE),
        List.of(HOSTILE),
        Map.of(),
        faults,
        List.of(HOSTILE));
  }

  private static void assertInert(Element element) {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      assertThat(element.getAttributes().item(i).getNodeName())
          .doesNotStartWith("on")
          .isNotEqualTo("src");
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(0.2);
  }

  private static double width(Element bar) {
    return Double.parseDouble(bar.getAttribute("width"));
  }

  private static String text(Element parent, String tag) {
    return elements(parent, tag).get(0).getTextContent();
  }

  private static List<Element> allElements(Document page) {
    return list(page.getElementsByTagName("*"));
  }

  private static List<Element> elements(Document page, String tag) {
    return list(page.getElementsByTagName(tag));
  }

  private static List<Element> elements(Element parent, String tag) {
    return list(parent.getElementsByTagName(tag));
  }

  private static List<Element> list(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** The page is XML as well, but for its first line. */
  private static Document parse(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    String xml = html.substring("<!DOCTYPE html>\n".length());
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static String html(ResultsDirectory directory) {
    StringWriter html = new StringWriter();
    Report.html(directory, new PrintWriter(html));
    return html.toString();
  }
}
