package dev.holdfast.store;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Runs the scripts of a schema. */
final class Migration {
  private Migration() {}

  /**
   * @throws SQLException what the database itself said, when a script fails
   */
  static void run(FluentConfiguration scripts) throws SQLException {
    try {
      scripts.load().migrate();
    } catch (FlywayException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException said) {
          throw said;
        }
      }
      throw e;
    }
  }
}
