package dev.holdfast.owner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the journal, said once for each change and not for each batch or try. */
final class JournalLog {
  private static final Logger LOG = LoggerFactory.getLogger(JournalLog.class);
  private boolean refuses;
  private boolean unreadable;

  void took(long revision) {
    if (refuses) {
      LOG.warn("the journal takes changes again, from revision {}", revision);
    }
    refuses = false;
  }

  /** A batch was surely not written. */
  void refused(long revision, Throwable why) {
    if (!refuses) {
      LOG.error(
          "the journal does not take revision {}: {}; changes are refused until it does",
          revision,
          why.getMessage());
    }
    LOG.debug("the journal did not take revision {}", revision, why);
    refuses = true;
  }

  void read(long revision) {
    if (unreadable) {
      LOG.warn("the journal can be read again, at revision {}", revision);
    }
    unreadable = false;
  }

  void unreadable(Throwable why) {
    if (!unreadable) {
      LOG.error("the journal cannot be read: {}; trying until it can", why.getMessage());
    }
    LOG.debug("the journal cannot be read", why);
    unreadable = true;
  }
}
