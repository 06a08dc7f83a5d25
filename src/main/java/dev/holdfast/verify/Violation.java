package dev.holdfast.verify;

import java.util.List;

/**
 * What does not fit together, and what a person needs to see it.
 *
 * @param subject the session, or what else it is about
 * @param timeline in the order of the answers, the wrong one last
 */
record Violation(Check check, String subject, String claim, List<Step> timeline) {}
