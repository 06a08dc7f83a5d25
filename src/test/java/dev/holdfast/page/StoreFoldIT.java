package dev.holdfast.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The state that the page folds from snapshots, frames and replies, against a plain model. */
class StoreFoldIT {
  private static final int SEEDS = 200;

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Test
  void foldingFramesGivesExactlyTheStateOfTheServer() {
    Page page = CHROMIUM.open(SERVER.url());
    Map<?, ?> outcome = (Map<?, ?>) page.evaluate(Scripts.of("fold"), SEEDS);
    assertThat(outcome.get("fault")).as("a fault, with its seed").isNull();
    assertThat(outcome.get("seeds")).isEqualTo(SEEDS);
    assertThat((Integer) outcome.get("checks")).isGreaterThan(100 * SEEDS);
  }
}
