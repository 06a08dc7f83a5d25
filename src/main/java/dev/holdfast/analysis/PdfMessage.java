package dev.holdfast.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * One JSON line between the reader and its child process.
 *
 * @param number the page of {@code PAGE}, the count of pages of {@code END}, else 0
 * @param text the path of {@code READ}, the text of {@code PAGE}, the name of the {@link
 *     UnreadablePdf.Reason} of {@code REFUSED}, else empty
 * @param detail what was seen, for {@code REFUSED}, else empty
 */
record PdfMessage(Kind kind, int number, String text, String detail) {

  /** Who says what. */
  enum Kind {
    /** To the child: read this file. */
    READ,
    /** From the child: it has started and waits for work. */
    READY,
    /** From the child: a finished page. */
    PAGE,
    /** From the child: the document ends here. */
    END,
    /** From the child: the document cannot be read; it is fit for the next one. */
    REFUSED,
    /** Never sent: the child's output has ended. */
    GONE
  }

  PdfMessage {
    if (kind == null || text == null || detail == null || number < 0) {
      throw new IllegalArgumentException("incomplete message");
    }
  }

  static PdfMessage of(Kind kind, int number, String text) {
    return new PdfMessage(kind, number, text, "");
  }

  /** Texts longer than {@code charsMax} are refused while reading, whatever the sender does. */
  static JsonFactory jsonOf(int charsMax) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Math.max(charsMax, 10_000)).build())
        .build();
  }

  void writeTo(JsonGenerator out) throws IOException {
    out.writeStartArray();
    out.writeString(kind.name());
    out.writeNumber(number);
    out.writeString(text);
    out.writeString(detail);
    out.writeEndArray();
    out.writeRaw('\n');
    out.flush();
  }

  /** The next message, or {@code GONE} at the end. */
  static PdfMessage readFrom(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_ARRAY) {
      return of(Kind.GONE, 0, "");
    }
    Kind kind = Kind.valueOf(in.nextTextValue());
    int number = in.nextIntValue(-1);
    String text = in.nextTextValue();
    String detail = in.nextTextValue();
    in.nextToken();
    return new PdfMessage(kind, number, text, detail);
  }
}
