package dev.holdfast.session;

import java.util.List;

/**
 * What became of one session.
 *
 * @param session as it is now; null when it left the lists
 * @param cause why it left the lists, {@code expired} or {@code deleted}; else null
 * @param rows reported since
 */
public record Change(String sessionId, Session session, String cause, List<Row> rows) {}
