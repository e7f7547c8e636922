// The verdict on one side: which accepted events arrived, how often, and whether what came twice had to.

/** @typedef {import('./records.mjs').Records} Records */
/** @typedef {import('./records.mjs').Delivery} Delivery */

/** Events whose call returned less than this before the browser was killed count as `young`: tracked so shortly before
 * that they may not be on disk yet. In ms. */
export const YOUNG_MS = 1_500;

/** So are events of a page whose renderer was killed when it was younger than this, in ms: its tracker begins when the
 * page is idle for the first time, and has what was tracked before in memory only. Later no death of a page excuses. */
export const STARTING_MS = 500;

/** How long what was erased may stay on the disk, in ms: Chromium writes localStorage once a minute at worst. A browser
 * that is killed within this may find, and send, what had been acknowledged. */
export const ERASED_ON_DISK_MS = 60_000;

/** @typedef {'no answer' | 'page ended' | 'browser killed'} Excuse */

/** Why the event of `earlier` was sent again as `later`; undefined: it should not have been.
 * @param {Records} records
 * @param {Delivery} earlier
 * @param {Delivery} later
 * @returns {Excuse | undefined} */
function excuse(records, earlier, later) {
  if (!records.settled.has(earlier.number)) {
    if (!earlier.answered) return 'no answer';
    if ((records.pages.get(earlier.page)?.endedAt ?? Infinity) <= later.at) return 'page ended';
  }
  const undone = records.browserKills.some(
    (at) => earlier.at <= at && at < earlier.at + ERASED_ON_DISK_MS && at <= later.at,
  );
  return undone ? 'browser killed' : undefined;
}

/** Deliveries in the order in which they were sent: what arrives from a page that has ended was sent before its end.
 * @param {Records} records
 * @param {Delivery[]} deliveries */
function bySending(records, deliveries) {
  const sentAt = (/** @type {Delivery} */ { at, page }) => Math.min(at, records.pages.get(page)?.endedAt ?? at);
  return [...deliveries].sort((a, b) => sentAt(a) - sentAt(b));
}

/** Each delivery after the first, with the excuse for it: that of the earlier one that has the least.
 * @param {Records} records
 * @param {Delivery[]} deliveries
 * @returns {(Excuse | undefined)[]} */
function repeats(records, deliveries) {
  const ordered = bySending(records, deliveries);
  return ordered.slice(1).map((later, i) => {
    const excuses = ordered.slice(0, i + 1).map((earlier) => excuse(records, earlier, later));
    return excuses.includes(undefined) ? undefined : excuses[0];
  });
}

/** When the browser was killed in which an event was tracked; Infinity if it was not.
 * @param {Records} records
 * @param {string} label */
function killAfter(records, label) {
  const begunAt = records.pages.get(records.witnessed.get(label)?.page ?? '')?.begunAt ?? Infinity;
  // Not by the time of the event: the witness may hear of it when the browser is dead already.
  return records.browserKills.find((at) => at > begunAt) ?? Infinity;
}

/** Whether an event was tracked so shortly before a sudden death that it cannot be safe.
 * @param {Records} records
 * @param {string} label */
function isYoung(records, label) {
  const { at = 0, page = '' } = records.witnessed.get(label) ?? {};
  const life = records.pages.get(page);
  const isStarting = life?.ending === 'renderer killed' && life.endedAt < life.begunAt + STARTING_MS;
  return isStarting || at > killAfter(records, label) - YOUNG_MS;
}

/** Counts. @param {readonly string[]} names @returns {Record<string, number>} */
function counted(names) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** How long after an event something happened, in words. @param {number} ms */
function afterwards(ms) {
  if (ms < 0) return 'meanwhile';
  return ms < 1_000 ? 'within 1 s' : ms < 5_000 ? 'within 5 s' : ms < 60_000 ? 'within 60 s' : 'later';
}

/** How the page of an event ended, and its browser, and how long after the event.
 * @param {Records} records
 * @param {string} label */
function fate(records, label) {
  const { at, page } = records.witnessed.get(label) ?? { at: 0, page: '' };
  const { endedAt = Infinity, ending = 'open' } = records.pages.get(page) ?? {};
  const killedAt = killAfter(records, label);
  const own = `page ${ending} ${afterwards(endedAt - at)}`;
  const isAll = ending === 'browser killed' || killedAt === Infinity;
  return isAll ? own : `${own}, browser killed ${afterwards(killedAt - at)}`;
}

/** @param {Records} records */
export function judge(records) {
  const witnessed = [...records.witnessed.keys()];
  const accepted = witnessed.filter((label) => !isYoung(records, label));
  const lost = accepted.filter((label) => !records.deliveries.has(label));
  const young = witnessed.filter((label) => isYoung(records, label));
  const again = [...records.deliveries].flatMap(([label, deliveries]) =>
    repeats(records, deliveries).map((why) => ({ label, why })),
  );
  const unexplained = again.filter(({ why }) => !why).map(({ label }) => label);
  return {
    accepted: accepted.length,
    delivered: accepted.length - lost.length,
    lost: lost.length,
    duplicates: again.length,
    unexplained_duplicates: unexplained.length,
    young: young.length,
    young_delivered: young.filter((label) => records.deliveries.has(label)).length,
    /** Arrived without the witness having heard of them. */
    unwitnessed: [...records.deliveries.keys()].filter((label) => !records.witnessed.has(label)).length,
    duplicates_by_cause: counted(again.map(({ why }) => why ?? 'unexplained')),
    lost_by_ending: counted(lost.map((label) => fate(records, label))),
    lostLabels: lost,
    unexplainedLabels: unexplained,
  };
}
