// The events that the journey makes: what has to arrive, and what each of them has to say.

/**
 * @typedef {object} Expected
 * @property {string} type As describe.mjs calls it.
 * @property {string} what
 * @property {string} page The path that the event's URL has.
 * @property {Record<string, unknown>} [has] Parts of the event: `fields` of the payload, `data` of a self-describing
 *   event, `entities` by name. `null` is for what must be absent.
 * @property {boolean} [optional] May be missing.
 * @property {boolean} [mayRepeat] May arrive again under the same id: the page was left before the collector's answer
 *   could reach it, so that nobody knew that it had arrived.
 */

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
 * @returns {Expected[]}
 */
const booking = (step, heading, stay, refr) => {
  const page = step === 'dates' ? '/book/' : `/book/${step}`;
  const rest = { fields: { uid: MEMBER, refr }, entities: { stay } };
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

/** In the order of the journey. The two events that it loses on purpose are not among them. @param {string} site */
const events = (site) => [
  view('/', HUT, { fields: { refr: null, uid: null } }),
  view('/tours/', `Ski tours · ${HUT}`, { fields: { refr: `${site}/`, uid: null } }),
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
  ...booking('dates', 'When will you come?', null, `${site}/tours/glacier-window/`),
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
];

/**
 * Pings that a slow machine makes besides: as many as fit into the time that the visitor was on each page.
 * @param {Expected[]} certain
 * @param {(path: string) => number} msOn
 * @returns {Expected[]}
 */
function morePings(certain, msOn) {
  const views = new Map(certain.filter(({ type }) => type === 'page view').map((one) => [one.page, one]));
  return [...views.values()].flatMap(({ page, what }) => {
    const sure = certain.filter((one) => one.type === 'page ping' && one.page === page).length;
    const most = Math.floor(msOn(page) / PING_EVERY_MS);
    const ping = { type: 'page ping', what, page, optional: true };
    return Array.from({ length: Math.max(0, most - sure) }, () => ping);
  });
}

/**
 * @param {string} site URL of the site.
 * @param {(path: string) => number} msOn How long the visitor was on a path.
 * @returns {Expected[]}
 */
export function expectedEvents(site, msOn) {
  const certain = events(site);
  return [...certain, ...morePings(certain, msOn)];
}
