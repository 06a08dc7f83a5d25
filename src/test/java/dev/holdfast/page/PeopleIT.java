package dev.holdfast.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users and keys on their page, as an admin and as somebody else. */
class PeopleIT {
  private static final String TOKEN = "a token of the tests";
  private static final String PASSWORD = "four words make sense";

  @RegisterExtension static final PageServer SERVER = new PageServer();
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private Page openPeople() {
    Page page = CHROMIUM.window(Chromium.Look.LIGHT);
    page.navigate(SERVER.url() + "people.html");
    return page;
  }

  private static void logIn(Page page, String name, String password) {
    page.locator("dialog input[name=name]").fill(name);
    page.locator("dialog input[name=password]").fill(password);
    page.locator("dialog input[name=password]").press("Enter");
  }

  private static void addUser(Page page, String name, String role) {
    page.locator("[data-action=add-user]").click();
    Locator dialog = page.locator("dialog");
    dialog.locator("input[name=name]").fill(name);
    dialog.locator("select[name=role]").selectOption(role);
    dialog.locator("input[name=password]").fill(PASSWORD);
    dialog.locator("[data-action=save]").click();
  }

  @Test
  void anAdminAddsAUserWhoLogsInAndSeesWhatTheRoleAllows() {
    SERVER.stop();
    SERVER.start(TOKEN);
    Page admin = openPeople();
    admin.locator("input[name=token]").fill(TOKEN);
    admin.locator("input[name=token]").press("Enter");
    addUser(admin, "ana", "operator");
    assertThat(admin.locator("[data-user=ana] select")).hasValue("operator");

    Page ana = openPeople();
    logIn(ana, "ana", "not her password");
    assertThat(ana.locator("dialog .error")).not().isEmpty();
    logIn(ana, "ana", PASSWORD);
    assertThat(ana.locator("[data-me]")).hasText("ana · operator");
    assertThat(ana.locator("main")).containsText("Only admins");
    ana.navigate(SERVER.url());
    assertThat(ana.locator("body")).hasAttribute("data-connection", "live");

    admin.locator("[data-user=ana] [data-action=remove]").click();
    admin.locator("dialog [data-action=save]").click();
    assertThat(admin.locator("[data-user=ana]")).hasCount(0);
    assertThat(ana.locator("dialog input[name=token]")).isVisible();
    CHROMIUM.expectFailedRequests();
  }

  @Test
  void theSecretOfAKeyIsShownOnce() {
    SERVER.stop();
    SERVER.start(TOKEN);
    Page admin = openPeople();
    admin.locator("input[name=token]").fill(TOKEN);
    admin.locator("input[name=token]").press("Enter");
    admin.locator("[data-action=add-key]").click();
    admin.locator("dialog input[name=name]").fill("<b>ci</b>");
    admin.locator("dialog [data-action=save]").click();
    Locator secret = admin.locator("[data-secret]");
    assertThat(secret).containsText("hf_");
    String shown = secret.textContent();
    admin.locator("[data-action=done]").click();
    assertThat(secret).hasCount(0);
    Locator row = admin.locator("[data-key='" + shown.split("_")[1] + "']");
    assertThat(row).containsText("<b>ci</b>");
    org.assertj.core.api.Assertions.assertThat(admin.content()).doesNotContain(shown);
    row.locator("[data-action=revoke]").click();
    admin.locator("dialog [data-action=save]").click();
    assertThat(row).hasCount(0);
    CHROMIUM.expectFailedRequests();
  }
}
