package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write does not become a line of the log. */
class LogTest {
  private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  OwnerVerticle forged";

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void nobodysWordsBeginALine(String format) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("HOLDFAST_LOG_FORMAT", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
    Logger root = context.getLogger("ROOT");
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("CONSOLE");

    boolean json = format.equals("json"); // its readers take other separators for text
    for (String separator :
        json ? List.of("\n", "\r") : List.of("\n", "\r", "\r\n", "\u0085", "\u2028")) {
      Throwable broken = new IllegalStateException("why" + separator + FORGED);
      LoggingEvent event =
          new LoggingEvent("x", root, Level.ERROR, "what" + separator + FORGED, broken, null);
      String lines = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);

      assertThat(lines.split(json ? "[\n\r]+" : "[\n\r\u0085\u2028]+"))
          .as(lines)
          .noneMatch(line -> line.startsWith(FORGED));
    }
    context.stop();
  }
}
