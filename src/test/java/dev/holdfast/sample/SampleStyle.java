package dev.holdfast.sample;

/** How a block looks: its size and line height, where its text starts, the space above it. */
enum SampleStyle {
  TITLE(true, 22, 28, 0, 6),
  SECTION(true, 16, 21, 0, 2),
  PART(true, 11, 14, 0, 10),
  ARTICLE(true, 10, 13, 28, 7),
  LETTERED(false, 10.5f, 12.4f, 28, 3),
  ITEM(false, 10.5f, 12.4f, 48, 3),
  BODY(false, 10.5f, 12.4f, 0, 4),
  SMALL(false, 9, 12, 0, 0),
  CELL(false, 10, 12.5f, 0, 0),
  HEAD(true, 9, 12.5f, 0, 0);

  final boolean bold;
  final float size;
  final float leading;
  final float indent;
  final float above;

  SampleStyle(boolean bold, float size, float leading, float indent, float above) {
    this.bold = bold;
    this.size = size;
    this.leading = leading;
    this.indent = indent;
    this.above = above;
  }
}
