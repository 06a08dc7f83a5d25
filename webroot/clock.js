// @ts-check
/** The Date header has whole seconds; a difference below this is no difference. */
const TRUSTED_MILLIS = 3_000;

/**
 * The time by the server's clock. What the page says of ages and of what is due must not depend on how the clock of
 * this computer is set.
 */
class ServerClock {
  #offset = 0;

  /** @returns {number} milliseconds since 1970 */
  now() { return Date.now() + this.#offset; }

  /** Takes note of a reply's Date header. @param {string|null} date @param {number} sentAt by this computer's clock */
  observe(date, sentAt) {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server)) return;
    // why half a second: the header is cut off to the second, so on average the server is that much further
    const offset = server + 500 - (sentAt + Date.now()) / 2;
    if (Math.abs(offset) < TRUSTED_MILLIS) this.#offset = 0;
    else if (Math.abs(offset - this.#offset) > TRUSTED_MILLIS) this.#offset = offset;
  }
}

export const clock = new ServerClock();
