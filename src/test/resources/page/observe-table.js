// Watches a table that fills: rows only fill in, and the sums in header and filters are of the same revision.
() => {
  const seen = { observations: 0, moved: 0, empty: 0, faults: [], revisions: 0, answered: 0, connections: [] };
  const before = new Map();
  let revision = 0;
  const fault = (...what) => seen.faults.length < 20 && seen.faults.push(what.join(' '));
  const number = (filter) => Number(document.querySelector(`[data-filter=${filter}] .number`).textContent);

  const observe = () => {
    const rows = [...document.querySelectorAll('[data-question]')];
    const answered = rows.filter((row) => row.dataset.status === 'answered').length;
    seen.observations += 1;
    seen.answered = answered;
    if (rows.length === 0) seen.empty += 1;
    for (const row of rows) {
      const { question, status } = row.dataset;
      if (before.get(question) === 'answered' && status !== 'answered') fault(question, 'fell back to', status);
      before.set(question, status);
    }
    const now = Number(document.body.dataset.revision);
    if (now < revision) fault('revision fell from', revision, 'to', now);
    if (now > revision) seen.revisions += 1;
    revision = now;
    if (number('answered') !== answered) fault('the filter counts', number('answered'), 'for', answered, 'rows');
    const progress = document.querySelector('.session-head .meter.progress .number').textContent;
    if (progress !== `${answered}/${rows.length}`) fault('progress is', progress, 'for', answered, 'rows');
    const { connection } = document.body.dataset;
    if (!seen.connections.includes(connection)) seen.connections.push(connection);
  };

  new MutationObserver((records) => {
    for (const record of records) {
      if (record.type !== 'childList') continue;
      for (const node of [...record.removedNodes, ...record.addedNodes]) if (node.dataset?.question) seen.moved += 1;
    }
    observe();
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  window.observed = seen;
}
