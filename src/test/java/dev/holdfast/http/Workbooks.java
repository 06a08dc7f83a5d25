package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads workbooks of Excel as their cells, and sees that each cell is a string. */
final class Workbooks {
  private Workbooks() {}

  /** The texts of each sheet's cells that hold any, line by line. */
  static Map<String, List<List<String>>> read(byte[] workbook) {
    Map<String, Document> parts = parts(workbook);
    List<String> texts =
        elements(parts.get("xl/sharedStrings.xml"), "si").map(Element::getTextContent).toList();
    Map<String, List<List<String>>> sheets = new LinkedHashMap<>();
    List<Element> names = elements(parts.get("xl/workbook.xml"), "sheet").toList();
    for (Element sheet : names) {
      Document cells = parts.get("xl/worksheets/sheet" + sheet.getAttribute("sheetId") + ".xml");
      sheets.put(sheet.getAttribute("name"), lines(cells, texts));
    }
    return sheets;
  }

  private static List<List<String>> lines(Document sheet, List<String> texts) {
    assertThat(elements(sheet, "f")).as("formulas").isEmpty();
    List<List<String>> lines = new ArrayList<>();
    elements(sheet, "row").forEach(row -> lines.add(cells(row, texts)));
    return lines;
  }

  private static List<String> cells(Element row, List<String> texts) {
    List<String> line = new ArrayList<>();
    NodeList cells = row.getElementsByTagName("c");
    for (int i = 0; i < cells.getLength(); i++) {
      Element cell = (Element) cells.item(i);
      if (cell.getElementsByTagName("v").getLength() > 0) {
        assertThat(cell.getAttribute("t")).as("type of a cell").isEqualTo("s");
        line.add(texts.get(Integer.parseInt(cell.getTextContent())));
      }
    }
    return line;
  }

  private static Stream<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static Map<String, Document> parts(byte[] workbook) {
    Map<String, Document> parts = new LinkedHashMap<>();
    try {
      Path file = Files.write(Files.createTempFile("workbook", ".xlsx"), workbook);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          parts.put(entry.getName(), parsed(zip.getInputStream(entry).readAllBytes()));
        }
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError("not a workbook", e);
    }
    return parts;
  }

  private static Document parsed(byte[] xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml));
    } catch (Exception e) {
      throw new AssertionError("not XML", e);
    }
  }
}
