package dev.holdfast.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What a table can be exported as. */
enum ExportFormat {
  CSV("text/csv; charset=utf-8"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  JSON("application/json");

  private final String contentType;

  ExportFormat(String contentType) {
    this.contentType = contentType;
  }

  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The {@code format} parameter of the request. */
  static ExportFormat of(RoutingContext context) {
    String given = context.queryParams().get("format");
    for (ExportFormat format : values()) {
      if (format.extension().equals(given)) {
        return format;
      }
    }
    throw new ProblemException(Problem.Type.BAD_PARAMETER, "format must be csv, xlsx or json.");
  }

  /**
   * Answers with the file, for the browser to save.
   *
   * @param name without extension; what a header cannot hold is replaced
   */
  void send(RoutingContext context, long revision, String name, Buffer file) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-");
    context
        .response()
        .putHeader("Holdfast-Revision", Long.toString(revision))
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Type", contentType)
        .putHeader(
            "Content-Disposition", "attachment; filename=\"" + safe + "." + extension() + "\"")
        .end(file);
  }
}
