package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @TempDir private Path directory;

  private Settings read(String json, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(directory.resolve("config.json"), json);
    return SettingsReader.read(file, true, environment);
  }

  @Test
  void anAbsentFileLeavesTheDefaults() throws IOException {
    Path absent = directory.resolve("absent.json");
    assertThat(SettingsReader.read(absent, false, Map.of())).isEqualTo(Settings.DEFAULT);
    assertThatThrownBy(() -> SettingsReader.read(absent, true, Map.of()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theFileThatIsShippedHoldsTheDefaults() throws IOException {
    assertThat(SettingsReader.read(Path.of("config.json"), true, Map.of()))
        .isEqualTo(Settings.DEFAULT);
  }

  @Test
  void theEnvironmentOverridesTheFile() throws IOException {
    Settings settings =
        read(
            "{\"http\":{\"port\":1},\"retention\":{\"graceMinutes\":3}}",
            Map.of(
                "HOLDFAST_HTTP_PORT", "9",
                "HOLDFAST_RETENTION_SWEEP_MINUTES", "2",
                "HOLDFAST_HTTP_NAMES", "a.example,b.example"));
    assertThat(settings.http().port()).isEqualTo(9);
    assertThat(settings.retention().graceMinutes()).isEqualTo(3);
    assertThat(settings.retention().sweepMinutes()).isEqualTo(2);
    assertThat(settings.http().names()).containsExactly("a.example", "b.example");
  }

  @Test
  void theTokenIsNeverDescribed() throws IOException {
    Settings settings = read("{}", Map.of("HOLDFAST_ADMIN_TOKEN", "a-very-secret-token"));
    assertThat(settings.admin().token()).isEqualTo("a-very-secret-token");
    assertThat(SettingsReader.describe(settings)).doesNotContain("secret").contains("(set)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"http\":{\"prot\":1}}|http.port",
        "{\"htp\":{}}|http.",
        "{\"http\":{\"port\":70000}}|http.port",
        "{\"http\":{\"port\":\"x\"}}|wrong type",
        "{\"http\":{\"port\":1.5}}|wrong type",
        "{\"http\":7}|http must be an object",
        "{\"store\":{\"url\":\"mysql:\"}}|store.url",
        "[]|JSON object",
        "{|not JSON",
      })
  void whatIsWrongIsSaid(String json, String said) {
    assertThatThrownBy(() -> read(json, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void aVariableOfTheWrongTypeIsNamed() {
    assertThatThrownBy(() -> read("{}", Map.of("HOLDFAST_HTTP_PORT", "eighty")))
        .hasMessageContaining("HOLDFAST_HTTP_PORT");
  }

  @Test
  void theReferenceNamesEveryKeyWithItsVariableAndDefault() throws IOException {
    String reference = Files.readString(Path.of("docs/CONFIGURATION.md"));
    Pattern.compile("(?m)^\\| `([a-z]+\\.[A-Za-z.]+)`")
        .matcher(reference)
        .results()
        .forEach(
            row -> assertThat(SettingsReader.keys(Settings.DEFAULT)).containsKey(row.group(1)));
    SettingsReader.keys(Settings.DEFAULT)
        .forEach(
            (key, value) ->
                assertThat(reference)
                    .contains(
                        "| `"
                            + key
                            + "` | `"
                            + SettingsReader.variable(key)
                            + "` | `"
                            + value
                            + "` |"));
  }
}
