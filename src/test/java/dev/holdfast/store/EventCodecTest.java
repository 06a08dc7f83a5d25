package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.session.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden files are what lies in people's journals: they stay readable for ever. */
class EventCodecTest {
  private static final Path GOLDEN = Path.of("src/test/resources/events");

  static List<Path> golden() throws Exception {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.json$", "");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void aStoredEventIsReadAndWrittenUnchanged(Path file) throws Exception {
    String stored = Files.readString(file);
    Event event = EventCodec.read(name(file), stored);
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(EventCodec.write(event))).isEqualTo(mapper.readTree(stored));
    assertThat(EventCodec.name(event)).isEqualTo(name(file));
  }

  @Test
  void everyEventHasAGoldenFile() throws Exception {
    List<Class<?>> seen =
        golden().stream()
            .<Class<?>>map(
                file -> {
                  try {
                    return EventCodec.read(name(file), Files.readString(file)).getClass();
                  } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    assertThat(seen).containsAll(leaves(Event.class));
  }

  private static List<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(part -> leaves(part).stream())
            .toList()
        : List.of(type);
  }

  @Test
  void anEventOfANewerVersionIsRefusedWithAWordOnWhatToDo() {
    assertThatThrownBy(() -> EventCodec.read("rows-answered.v9", "{}"))
        .hasMessageContaining("newer Holdfast");
  }

  @Test
  void aMemberThatALaterVersionAddedIsPassedOver() {
    Event event = EventCodec.read("session-purged.v1", "{\"sessionId\":\"a\",\"later\":1}");
    assertThat(event.sessionId()).isEqualTo("a");
  }
}
