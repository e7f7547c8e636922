// The events that the journeys make: what has to arrive, and what each of them has to say.

/**
 * @typedef {object} Expected
 * @property {string} type As describe.mjs calls it.
 * @property {string} what
 * @property {string} page The path that the event's URL has.
 * @property {Record<string, unknown>} [has] Parts of the event: `fields` of the payload, `data` of a self-describing
 *   event, `entities` by name, facts of its `request`. `null` is for what must be absent.
 * @property {number | undefined} [who] Which visitor, by the order of their first events. All of one carry the same id,
 *   and nobody else's do.
 * @property {number} [heldUntilMs] When the visitor answered, in Unix ms: it happened before, and arrived after. In
 *   the session it comes after those that are named before.
 * @property {boolean} [optional] May be missing.
 * @property {boolean} [mayRepeat] May arrive again under the same id: the page was left before the collector's answer
 *   could reach it, so that nobody knew that it had arrived.
 */
/** @typedef {Pick<import('./journey.mjs').Visits, 'msOn' | 'at'>} Visited */

/** Of the tracker in src/tracking.js. */
const PING_EVERY_MS = 10_000;
const MEMBER = 'SH-0042';
const HUT = 'Silvaun Hut';
const TOUR = { id: 'glacier-window', difficulty: 'moderate', ascentMetres: 780 };
const STAY = { arrival: '2031-02-14', nights: 3, guests: 2, room: null };
const ROOM = { ...STAY, room: 'bunk_room' };

/** @param {string} page @param {string} title @param {object} [has] @returns {Expected} */
const view = (page, title, has = {}) => ({ type: 'page view', what: title, page, has: { ...has } });

/** @param {string} choice @param {number} left @returns {Expected} */
const filter = (choice, left, label = 'difficulty') => {
  const fields = { se_la: label, se_pr: choice, se_va: String(left) };
  return { type: 'structured', what: 'tours filter', page: '/tours/', has: { fields } };
};

/**
 * A view of the booking and the step that it stands for. Its referrer is the view before: nobody loaded a page.
 * @param {string} step @param {string} heading @param {object | null} stay @param {string} refr
 * @param {string | null} [uid]
 * @returns {Expected[]}
 */
const booking = (step, heading, stay, refr, uid = MEMBER) => {
  const page = step === 'dates' ? '/book/' : `/book/${step}`;
  const rest = { fields: { uid, refr }, entities: { stay } };
  return [
    view(page, `${heading} · Book a bed · ${HUT}`, rest),
    { type: 'self-describing', what: 'booking_step', page, has: { data: { step }, ...rest } },
  ];
};

/** @param {string} page @param {string} formId @param {string[]} names @returns {Expected} */
const form = (page, formId, names) => {
  const elements = names.map((name) => ({ name, value: null }));
  return { type: 'self-describing', what: 'submit_form', page, has: { data: { formId, elements } } };
};

/** @param {string} elementId @param {string} targetUrl @returns {Expected} */
const link = (elementId, targetUrl) => {
  const data = { elementId, targetUrl };
  const has = { data, fields: { uid: MEMBER } };
  return { type: 'self-describing', what: 'link_click', page: '/about/', has, mayRepeat: true };
};

/** An offer of the home page is followed. @param {string} site @returns {Expected} */
const offer = (site) => {
  const data = { targetUrl: `${site}/book/`, campaignId: 'third-night' };
  return {
    type: 'self-describing',
    what: 'ad_click',
    page: '/',
    has: { data, fields: { uid: MEMBER } },
    mayRepeat: true,
  };
};

/** What may not be in a request of who has said no. */
const NOBODY = {
  fields: { duid: null, sid: null, vid: null, uid: null },
  entities: { client_session: null },
  request: { anonymous: true, networkUserId: null, ip: null },
};

/**
 * The visitor has decided.
 * @param {string} page @param {string} site @param {string} eventType @param {string[]} consentScopes
 * @param {object} [more] What it has besides.
 * @returns {Expected}
 */
const decision = (page, site, eventType, consentScopes, more) => {
  const data = { eventType, consentScopes, consentUrl: `${site}/privacy/`, consentVersion: '1' };
  return { type: 'self-describing', what: 'consent_preferences', page, has: { data, ...more } };
};

/**
 * What the visitor did before he said yes.
 * @param {string} site @param {number} heldUntilMs
 * @returns {Expected[]}
 */
const held = (site, heldUntilMs) =>
  [
    ...booking('dates', 'When will you come?', null, `${site}/`, null),
    ...booking('beds', 'Where will you sleep?', STAY, `${site}/book/`, null),
  ].map((one) => ({ ...one, heldUntilMs }));

/**
 * Of who says yes, in the order of the journey. What it loses on purpose is not there.
 * @param {string} site @param {number} answeredMs
 */
const ofFirst = (site, answeredMs) => [
  ...held(site, answeredMs),
  decision('/book/beds', site, 'allow_all', ['necessary', 'analytics', 'marketing'], {
    entities: { client_session: { sessionIndex: 1, previousSessionId: null } },
  }),
  view('/tours/', `Ski tours · ${HUT}`, { fields: { refr: `${site}/book/beds`, uid: null } }),
  filter('moderate', 2),
  filter('true', 2, 'short'),
  view('/tours/glacier-window/', `The Glacier Window · ${HUT}`, { entities: { tour: TOUR } }),
  {
    type: 'page ping',
    what: `The Glacier Window · ${HUT}`,
    page: '/tours/glacier-window/',
    // Offsets of 0 are left out, as the protocol has it.
    has: { fields: { pp_miy: null, pp_may: '200' }, entities: { tour: TOUR } },
  },
  { type: 'structured', what: 'account sign_in', page: '/tours/glacier-window/', has: { fields: { uid: MEMBER } } },
  view('/', HUT, { fields: { refr: `${site}/tours/glacier-window/`, uid: MEMBER } }),
  offer(site),
  ...booking('dates', 'When will you come?', null, `${site}/`),
  ...booking('beds', 'Where will you sleep?', STAY, `${site}/book/`),
  ...booking('guest', 'Who are you?', ROOM, `${site}/book/beds`),
  ...booking('beds', 'Where will you sleep?', ROOM, `${site}/book/guest`),
  ...booking('guest', 'Who are you?', ROOM, `${site}/book/beds`),
  form('/book/guest', 'form-guest', ['name', 'email', 'diet']),
  ...booking('done', 'Your beds are kept', ROOM, `${site}/book/guest`),
  view('/contact/', `Contact · ${HUT}`, { fields: { uid: MEMBER } }),
  form('/contact/', 'contact', ['name', 'email', 'topic', 'message']),
  view('/about/', `About · ${HUT}`),
  link('map', 'https://www.openstreetmap.org/#map=9/46.6/9.9'),
  link('bulletin', 'https://www.avalanches.org/'),
  view('/tours/', `Ski tours · ${HUT}`, { fields: { uid: MEMBER } }),
  filter('easy', 2),
  filter('hard', 2),
  view('/contact/', `Contact · ${HUT}`, { fields: { uid: MEMBER } }),
  view('/tours/', `Ski tours · ${HUT}`, { fields: { uid: null } }),
  { ...filter('hard', 2), mayRepeat: true },
  view('/privacy/', `Privacy · ${HUT}`),
];

/**
 * Of a visitor whose browser says no to marketing, and who accepts the rest: the offer that he follows is not told.
 * @param {string} site
 */
const ofThird = (site) => [
  view('/', HUT),
  decision('/', site, 'allow_selected', ['necessary', 'analytics']),
  ...booking('dates', 'When will you come?', null, `${site}/`, null),
];

/** @param {string} site @param {number} answeredMs @returns {Expected[]} */
const events = (site, answeredMs) => [
  ...ofFirst(site, answeredMs).map((one) => ({ ...one, who: 1 })),
  decision('/privacy/', site, 'withdrawn', ['necessary'], NOBODY),
  // All that arrives of the second, who says no.
  decision('/tours/', site, 'deny_all', ['necessary'], NOBODY),
  ...ofThird(site).map((one) => ({ ...one, who: 3 })),
];

/**
 * Pings that a slow machine makes besides: as many as fit into the time that the visitor was on each page.
 * @param {Expected[]} certain
 * @param {(path: string) => number} msOn
 * @returns {Expected[]}
 */
function morePings(certain, msOn) {
  const views = certain.filter(({ type }) => type === 'page view');
  return [...new Map(views.map((one) => [`${one.who} ${one.page}`, one])).values()].flatMap(({ page, what, who }) => {
    const sure = certain.filter((one) => one.type === 'page ping' && one.page === page).length;
    const most = Math.floor(msOn(page) / PING_EVERY_MS);
    const ping = { type: 'page ping', what, page, who, optional: true };
    return Array.from({ length: Math.max(0, most - sure) }, () => ping);
  });
}

/**
 * @param {string} site URL of the site.
 * @param {Visited} visited
 * @returns {Expected[]}
 */
export function expectedEvents(site, visited) {
  const certain = events(site, visited.at('accepts'));
  return [...certain, ...morePings(certain, (path) => visited.msOn(path))];
}
