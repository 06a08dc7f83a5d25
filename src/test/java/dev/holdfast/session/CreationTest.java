package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreationTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void finerInstantsAreRoundedUpToMilliseconds() {
    Creation creation = new Creation(null, AT.plusNanos(1), AT.plusNanos(1_000_001));
    assertThat(creation).isEqualTo(new Creation(null, AT.plusMillis(1), AT.plusMillis(2)));
    assertThat(new Creation(null, AT, null).after()).isEqualTo(AT);
  }

  @Test
  void aTimeThatEndsBeforeItBeginsIsRefused() {
    for (Instant before : List.of(AT, AT.minusMillis(1))) {
      assertThatThrownBy(() -> new Creation(null, AT, before))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("createdAfter must be before createdBefore");
    }
  }

  @Test
  void theOwnerListsThemInTheOrderOfCreationOnly() {
    Creation byAna = new Creation("ana", null, null);
    Sort byTitle = new Sort(Sort.Field.TITLE, false);
    assertThatThrownBy(() -> new Query.ListSessions(List.of(), byAna, byTitle, 5, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("title");
  }
}
