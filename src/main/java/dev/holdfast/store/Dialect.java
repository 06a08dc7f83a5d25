package dev.holdfast.store;

/** The few words that the two databases have for the same thing. */
enum Dialect {
  SQLITE("instr", "json_each"),
  POSTGRESQL("strpos", "jsonb_each_text");

  private final String position;
  private final String members;

  Dialect(String position, String members) {
    this.position = position;
    this.members = members;
  }

  /** True for a session whose search text holds the parameter. */
  String holdsText() {
    return position + "(s.search, ?) > 0";
  }

  /** Who created a session. */
  String creator() {
    return this == SQLITE ? "json_extract(s.body, '$.createdBy')" : "s.body::jsonb ->> 'createdBy'";
  }

  /** The labels of a session as lines with a key and a value. */
  String labels() {
    return this == SQLITE ? members + "(s.labels)" : members + "(s.labels::jsonb)";
  }
}
