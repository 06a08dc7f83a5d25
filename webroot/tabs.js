// @ts-check
const NAME = 'holdfast-stream';

/**
 * The tabs of this browser that show the same server: one of them leads, the others listen to it. Where the browser has
 * no locks (plain HTTP off loopback) or no channel, every tab leads itself.
 */
export class Tabs {
  id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  /** @type {BroadcastChannel|null} */
  #channel = null;
  /** @type {(() => void)|null} gives the lock back */
  #release = null;
  /** @type {AbortController|null} ends the wait for the lock */
  #queue = null;
  /** Which of several lives of this tab among the others it is: what an earlier one still awaits does not count. */
  #life = 0;

  /** @param {{onLead: () => void, onFollow: () => void, onMessage: (message: any) => void}} parts */
  constructor({ onLead, onFollow, onMessage }) {
    this.onLead = onLead;
    this.onFollow = onFollow;
    this.onMessage = onMessage;
    // why the path: two servers behind one name are told apart by their prefix
    this.name = `${NAME} ${new URL('.', document.baseURI).pathname}`;
  }

  get areShared() { return Boolean(navigator.locks) && typeof BroadcastChannel === 'function'; }

  /** Takes part: leads if nobody does, else follows until it is this tab's turn. */
  join() {
    this.leave();
    const life = (this.#life += 1);
    if (!this.areShared) {
      this.onLead();
      return;
    }
    this.#channel = new BroadcastChannel(this.name);
    this.#channel.onmessage = ({ data }) => life === this.#life && this.onMessage(data);
    void this.#leadOrFollow(life);
  }

  leave() {
    this.#life += 1;
    this.#queue?.abort();
    this.#release?.();
    this.#queue = this.#release = null;
    this.#channel?.close();
    this.#channel = null;
  }

  /** Leads at once, whoever led before: it does not answer. */
  seize() {
    if (!this.areShared || this.#release) return;
    this.#queue?.abort();
    void this.#request({ steal: true }, this.#life);
  }

  /** @param {object} message */
  post(message) { this.#channel?.postMessage({ ...message, from: this.id }); }

  /** @param {number} life */
  async #leadOrFollow(life) {
    const led = await this.#request({ ifAvailable: true }, life);
    if (led || life !== this.#life) return;
    this.onFollow();
    this.#queue = new AbortController();
    await this.#request({ signal: this.#queue.signal }, life);
  }

  /** @param {LockOptions} options @param {number} life @returns {Promise<boolean>} whether this tab came to lead, once that is over */
  async #request(options, life) {
    let led = false;
    try {
      await navigator.locks.request(this.name, options, (lock) => {
        if (!lock || life !== this.#life) return undefined;
        led = true;
        return this.#hold();
      });
    } catch {
      // why: the wait was given up, or another tab seized the lead; in the second case this tab queues again
      if (led && life === this.#life) {
        this.#release = null;
        void this.#leadOrFollow(life);
      }
    }
    return led;
  }

  #hold() {
    this.onLead();
    return new Promise((resolve) => { this.#release = () => resolve(undefined); });
  }
}
