// Folds random histories into the store of the page, as a server would send them: snapshots, frames, streams that break
// and resume, and replies that come late. After each step the store must equal a plain model at that revision.
async (seeds) => {
  const { Store } = await import(new URL('store.js', document.baseURI).href);
  const STATES = ['queued', 'running', 'completed', 'partial', 'failed'];
  const QUESTIONS = ['Q0', 'Q1', 'Q2', 'Q3'];
  const copy = (value) => JSON.parse(JSON.stringify(value));
  let checks = 0;

  const randomOf = (seed) => () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  /** The server: all sessions with their rows, newest first, and what changed at which revision. */
  class Model {
    revision = 0;
    sessions = new Map();
    rows = new Map();
    order = [];
    log = [];
    #clock = 0;

    constructor(random) { this.random = random; }

    pick(from) { return from[Math.floor(this.random() * from.length)]; }

    any() { return this.pick(this.order); }

    step() {
      const choice = this.random();
      if (choice < 0.3 || this.order.length === 0) this.#create();
      else if (choice < 0.4) this.#remove(this.any());
      else if (choice < 0.6) this.#change(this.any());
      else this.#answer(this.any());
    }

    #record(id, what = {}) {
      this.revision += 1;
      if (this.sessions.has(id)) this.sessions.get(id).revision = this.revision;
      this.log.push({ revision: this.revision, id, ...what });
    }

    /** Often several sessions of one instant, written with as many digits as it needs. */
    #create() {
      if (this.random() < 0.6) this.#clock += Math.floor(this.random() * 5);
      const createdAt = new Date(1e12 + this.#clock * 250).toISOString().replace(/\.?0+Z$/, 'Z');
      const id = `s${this.revision}`;
      this.sessions.set(id, { id, state: 'running', createdAt, revision: 0, progress: { answered: 0 } });
      this.rows.set(id, QUESTIONS.map((questionId) => ({ questionId, status: 'pending', answer: null })));
      this.order.unshift(id);
      this.#record(id);
    }

    #remove(id) {
      this.sessions.delete(id);
      this.rows.delete(id);
      this.order.splice(this.order.indexOf(id), 1);
      this.#record(id, { removed: 'expired' });
    }

    #change(id) {
      this.sessions.get(id).state = this.pick(STATES);
      this.#record(id);
    }

    #answer(id) {
      const question = Math.floor(this.random() * QUESTIONS.length);
      this.rows.get(id)[question] = { questionId: QUESTIONS[question], status: 'answered', answer: `at ${this.revision}` };
      this.sessions.get(id).progress.answered += 1;
      this.#record(id, { question });
    }

    counts() {
      const counts = { queued: 0, running: 0, completed: 0, partial: 0, failed: 0, total: 0 };
      for (const { state } of this.sessions.values()) { counts[state] += 1; counts.total += 1; }
      return counts;
    }

    list() { return copy({ revision: this.revision, counts: this.counts(), items: this.order.map((id) => this.sessions.get(id)), nextCursor: null }); }

    results(id) {
      const session = this.sessions.get(id);
      return copy({ revision: session.revision, session, sections: [{ id: 'g', name: 'G', rows: this.rows.get(id) }] });
    }

    snapshot(watched) {
      const active = (id) => ['queued', 'running'].includes(this.sessions.get(id).state);
      const items = this.order.filter((id, at) => at < 200 || active(id)).map((id) => this.sessions.get(id));
      const results = this.sessions.has(watched) ? { [watched]: this.results(watched) } : {};
      return copy({ journal: 'j', revision: this.revision, counts: this.counts(), items, results });
    }

    /** The events of the frame from that revision to now. */
    frame(previous, watched) {
      const steps = this.log.slice(previous);
      const events = [];
      for (const id of new Set(steps.map((step) => step.id))) {
        if (this.sessions.has(id)) events.push(['session', copy({ session: this.sessions.get(id) })]);
        else events.push(['removed', { id, reason: 'expired' }]);
      }
      const asked = steps.filter((step) => step.id === watched && step.question !== undefined && this.rows.has(watched));
      for (const question of new Set(asked.map((step) => step.question))) {
        events.push(['row', copy({ sessionId: watched, row: this.rows.get(watched)[question] })]);
      }
      events.push(['frame', { revision: this.revision, previous, counts: this.counts() }]);
      return events;
    }
  }

  const same = (what, actual, expected) => {
    checks += 1;
    const canonical = (value) => JSON.stringify(value, (_, v) => (v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v));
    if (canonical(actual) !== canonical(expected)) throw new Error(`${what} is ${canonical(actual)}, not ${canonical(expected)}`);
  };

  const run = (seed) => {
    const random = randomOf(seed);
    const model = new Model(random);
    const store = new Store();
    const late = [];
    let watched = null;
    let position = 0;

    const check = () => {
      if (store.revision !== model.revision) return;
      same('counts', store.counts, model.counts());
      same('order', store.order.ids, model.order.filter((id) => store.sessions.has(id)));
      if (model.order.length <= 200) same('number of sessions', store.sessions.size, model.order.length);
      for (const [id, session] of store.sessions) same(`session ${id}`, session, model.sessions.get(id));
      if (store.table(watched) && model.sessions.has(watched)) same('table', store.table(watched).toResults(), model.results(watched));
    };
    const snapshot = () => {
      same('outcome of a snapshot', store.receive('snapshot', model.snapshot(watched)), 'applied');
      position = model.revision;
    };
    const frame = () => {
      if (model.revision === position) return;
      let outcome;
      for (const [type, data] of model.frame(position, watched)) outcome = store.receive(type, data);
      same('outcome of a frame', outcome, 'applied');
      position = model.revision;
    };
    /** The stream breaks in the middle of a frame; the next one resumes where the store stands. */
    const resume = () => {
      for (const [type, data] of model.frame(position, watched).slice(0, -1)) store.receive(type, data);
      store.dropOpenFrame();
      position = store.revision;
    };
    const watch = () => {
      watched = model.any() ?? null;
      store.watch(watched);
      resume();
      if (watched !== null) late.push(['mergeResults', model.results(watched)]);
    };
    const reply = () => {
      const [merge, body] = late.shift() ?? [];
      if (merge) store[merge](body);
    };
    const act = (choice) => {
      if (choice < 0.45) model.step();
      else if (choice < 0.75) frame();
      else if (choice < 0.8) resume();
      else if (choice < 0.83) snapshot();
      else if (choice < 0.88) watch();
      else if (choice < 0.93) late.push(['mergePage', model.list()]);
      else reply();
    };

    for (let before = seed % 9 === 0 ? 230 : 40; before > 0; before -= 1) model.step();
    snapshot();
    for (let turn = 0; turn < 200; turn += 1) {
      act(random());
      check();
    }
    while (late.length > 0) reply();
    model.step();
    frame();
    check();
    const { revision } = model;
    same('a frame that comes too late', store.receive('frame', { revision: revision - 1, previous: revision - 3, counts: {} }), 'behind');
    same('a frame again', store.receive('frame', { revision, previous: revision - 1, counts: {} }), 'known');
    same('a frame after a hole', store.receive('frame', { revision: revision + 9, previous: revision + 3, counts: {} }), 'gap');
    check();
  };

  for (let seed = 1; seed <= seeds; seed += 1) {
    try {
      run(seed);
    } catch (error) {
      return { seeds: seed, checks, fault: `seed ${seed}: ${error.stack}` };
    }
  }
  return { seeds, checks, fault: null };
}
