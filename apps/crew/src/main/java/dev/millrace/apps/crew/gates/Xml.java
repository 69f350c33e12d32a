package dev.millrace.apps.crew.gates;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the elements of one XML document. Nothing outside of the document is ever fetched:
 * a document type is read over, its external part is not, and entities other than those of XML
 * itself are refused. Confined to one thread.
 */
final class Xml implements AutoCloseable {
  /** Deeper documents are no reports. */
  private static final int DEEPEST = 100;

  private final String file;
  private final XMLStreamReader reader;
  private int depth;

  private Xml(String file, XMLStreamReader reader) {
    this.file = file;
    this.reader = reader;
  }

  static Xml open(String file, InputStream in) throws ReportException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // JaCoCo's reports name a document type, so that may stand there; it is not looked into.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("external entities are not read");
    });
    try {
      return new Xml(file, factory.createXMLStreamReader(in));
    } catch (XMLStreamException wrong) {
      throw wrong(file, wrong);
    }
  }

  /** Goes to the next element that begins; its name, or null at the end of the document. */
  @Nullable String next() throws ReportException {
    try {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            if (depth > DEEPEST) {
              throw problem("elements lie more than " + DEEPEST + " deep");
            }
            return reader.getLocalName();
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.ENTITY_REFERENCE ->
              throw problem("the entity &" + reader.getLocalName() + "; is not allowed");
          default -> {
            // Text, comments and the like say nothing about numbers.
          }
        }
      }
      return null;
    } catch (XMLStreamException wrong) {
      throw wrong(file, wrong);
    }
  }

  /** How deep the present element lies; 1 for the root. */
  int depth() {
    return depth;
  }

  @Nullable String text(String attribute) {
    return reader.getAttributeValue(null, attribute);
  }

  /** A whole number of 0 or more, absent counting as 0. */
  long count(String attribute) throws ReportException {
    String text = text(attribute);
    if (text == null || text.isBlank()) {
      return 0;
    }
    try {
      long value = Long.parseLong(text.strip());
      if (value < 0) {
        throw problem(attribute + " is " + text + "; it must be 0 or more");
      }
      return value;
    } catch (NumberFormatException none) {
      throw problem(attribute + " is '" + text + "', which is no whole number");
    }
  }

  /** A number of 0 or more, or null if it is absent. */
  @Nullable Double number(String attribute) throws ReportException {
    String text = text(attribute);
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      double value = Double.parseDouble(text.strip().replace(",", ""));
      if (value < 0 || !Double.isFinite(value)) {
        throw problem(attribute + " is " + text + "; it must be 0 or more");
      }
      return value;
    } catch (NumberFormatException none) {
      throw problem(attribute + " is '" + text + "', which is no number");
    }
  }

  ReportException problem(String what) {
    return new ReportException(
        file + ", line " + reader.getLocation().getLineNumber() + ": " + what);
  }

  private static ReportException wrong(String file, XMLStreamException wrong) {
    String line =
        wrong.getLocation() == null ? "" : ", line " + wrong.getLocation().getLineNumber();
    String message = String.valueOf(wrong.getMessage());
    int last = message.lastIndexOf("Message: ");
    return new ReportException(
        file + line + ": " + (last < 0 ? message : message.substring(last + 9)), wrong);
  }

  @Override
  public void close() throws ReportException {
    try {
      reader.close();
    } catch (XMLStreamException wrong) {
      throw wrong(file, wrong);
    }
  }
}
