package dev.holdfast.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.logging.LogFactory;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;

/** The command line of the child process. */
final class PdfChildCommand {
  private PdfChildCommand() {}

  static List<String> line(PdfLimits limits, ScratchDirectory scratch) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC", // the smallest footprint; there is one busy thread
        "-Xshare:auto",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+DisplayVMOutputToStderr", // the output is for messages only
        "-Djava.awt.headless=true",
        "-Djava.io.tmpdir=" + scratch.path(),
        // A shaded jar would bring the server's logging along, which prints and takes time to
        // start.
        "-Dorg.apache.commons.logging.LogFactory=org.apache.commons.logging.impl.LogFactoryImpl",
        "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
        "-cp",
        classPath(),
        PdfChildMain.class.getName(),
        Integer.toString(limits.pagesMax()),
        Integer.toString(limits.pageCharsMax()),
        Long.toString(limits.documentCharsMax()),
        scratch.path().toString());
  }

  // Where our own classes come from differs: one shaded jar, or directories and jars that the class
  // path of this process does not name when Maven runs the server inside its own.
  private static String classPath() {
    return Stream.of(
            PdfChildMain.class,
            PDDocument.class,
            RandomAccessRead.class,
            TrueTypeFont.class,
            LogFactory.class,
            JsonFactory.class)
        .map(PdfChildCommand::location)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("the code of " + type.getName() + " has no location");
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the code of " + type.getName() + " cannot be located", e);
    }
  }
}
