package dev.holdfast.session;

/** How many sessions are listed, by state; {@code total} is their sum. */
public record Counts(int queued, int running, int completed, int partial, int failed, int total) {}
