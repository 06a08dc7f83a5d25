package dev.holdfast.session;

import java.util.Locale;

/** What somebody may do. */
public enum Role {
  /** Reads everything about sessions. */
  VIEWER,
  /** Reads, and gives verdicts on rows. */
  REVIEWER,
  /** Does everything about sessions, documents and question sets. */
  OPERATOR,
  /** Does everything, and says who may do what. */
  ADMIN,
  /** Reports for external sessions, and nothing else. */
  WORKER;

  /** The name in the API and in the journal. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True when whoever has this role may do what asks for the other one. */
  public boolean covers(Role needed) {
    return switch (this) {
      case WORKER -> needed == WORKER;
      case OPERATOR, ADMIN -> needed == WORKER || compareTo(needed) >= 0;
      case VIEWER, REVIEWER -> needed != WORKER && compareTo(needed) >= 0;
    };
  }

  /**
   * The role of that name.
   *
   * @throws IllegalArgumentException with the names there are
   */
  public static Role of(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "role must be viewer, reviewer, operator, admin or worker, not " + label);
  }
}
