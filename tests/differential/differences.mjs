// What differs from the peer by design. Each entry must be needed: the test fails where one no longer is.

/**
 * Names of scenarios and paths may have `*` for one part, paths also `**` for any number of parts.
 * @type {readonly import('./compare.mjs').Allowed[]}
 */
export const differences = [
  { scenario: '*', path: '*/events/*/*/tv', reason: 'a tracker says which one it is' },
  {
    scenario: 'page views: the id by URL, *',
    path: '*/events/**',
    reason: 'an event has the id of the URL where it happens; with the peer that of where the event before it did',
  },
  {
    scenario: 'structured: empty and odd texts',
    path: '*/events/*/*/se_pr',
    reason: 'half of a surrogate pair is no text: U+FFFD takes its place, as everywhere on the web',
  },
  {
    scenario: 'timestamps: zeros',
    path: '*/stored/cookies/*/value/firstTime',
    reason: 'a first event at the very beginning of 1970 counts as without a time',
  },
  {
    scenario: 'global contexts: rules with a vendor of any kind',
    path: '*/events/**',
    reason: 'a wildcard in the vendor matches',
  },
  {
    scenario: 'plugins: the order of calls',
    path: '*/notes/**',
    reason: 'what plugins see as the first event of a session comes together: the same keys, later',
  },
  {
    scenario: 'plugins: what track of the core gives',
    path: '*/notes/**',
    reason: 'values of a payload are text, as they are sent; and which tracker it is',
  },
  {
    scenario: 'opt-out: plugins see what is not sent',
    path: '*/notes/**',
    reason: 'who does not want to be tracked is not shown to plugins either',
  },
  {
    scenario: 'sessions: of a length that the page chooses, without storage',
    path: '*/**',
    reason: 'without storage the visitor has an id as long as the page, too',
  },
  {
    scenario: 'cookies: nor anything else',
    path: '*/**',
    reason: 'without storage the visitor has an id as long as the page, and a session entity that is valid',
  },
  { scenario: 'anonymity: from the start', path: '*/notes/**', reason: 'the id of nobody is empty' },
  { scenario: 'anonymity: towards the collector too', path: '*/notes/**', reason: 'the id of nobody is empty' },
  {
    scenario: 'anonymity: of a visitor who is known already',
    path: '*/notes/**',
    reason: 'the id of nobody is empty, also if there is a cookie',
  },
  {
    scenario: 'anonymity: ends, and with it a session of its own goes on',
    path: '*/**',
    reason: 'the session goes on with its count of events and its first event',
  },
  {
    scenario: 'anonymity: begins with another place for the state',
    path: '*/**',
    reason: 'the session goes on with its count of events and its first event',
  },
  {
    scenario: 'cookies: of one browser session',
    path: '*/**',
    reason: 'a session that cannot be read back goes on with its count of events',
  },
  {
    scenario: 'cookies: another path, another lifetime, later',
    path: '*/stored/**',
    reason: 'what was tracked before the path was changed is kept when the page is idle, so under the new path alone',
  },
  {
    scenario: 'cookies: storage that throws',
    path: '*/events/**',
    reason: 'a session that cannot be read back goes on with its count of events',
  },
  {
    scenario: 'cookies: all data of the user cleared',
    path: '*/notes/**',
    reason: 'there is no new id before the next event',
  },
  { scenario: 'user ids: from the location', path: '*/notes/**', reason: 'a parameter without a value is as none' },
  {
    scenario: 'requests: by GET without the time of sending',
    path: '*/events/*/*/stm',
    reason: 'the time of sending always goes along: without it a pipeline cannot correct clocks',
  },
  {
    scenario: 'requests: as the function sees them that sends',
    path: '*/notes/**',
    reason: 'small requests are keepalive: a click survives the navigation that it causes',
  },
  {
    scenario: 'requests: without credentials',
    path: '*/notes/**',
    reason: 'small requests are keepalive: a click survives the navigation that it causes',
  },
  {
    scenario: 'requests: by GET, as the function sees them that sends',
    path: '*/notes/**',
    reason: 'small requests are keepalive: a click survives the navigation that it causes',
  },
  {
    scenario: 'requests: one event larger than a request may be',
    path: '*/**',
    reason: 'a large event waits for its turn, and is tried again',
  },
  {
    scenario: 'opt-out: by a cookie, and in again',
    path: '*/notes/**',
    reason: 'cookies are written when the page is idle, not in the call that tracks',
  },
  {
    scenario: 'bad input: trackPageView of anything',
    path: '*/**',
    reason: 'a page view with a time or a title that is none is still one',
  },
  { scenario: 'bad input: trackStructEvent of anything', path: '*/**', reason: 'what can be sent is sent' },
  {
    scenario: 'bad input: fields of structured events',
    path: '*/**',
    reason: 'a value that is no number is refused and counted: pipelines reject the event',
  },
  {
    scenario: 'bad input: times',
    path: '*/**',
    reason: 'a time that is none is refused and counted: pipelines reject the event',
  },
  {
    scenario: 'bad input: self-describing events without a part',
    path: '*/**',
    reason: 'an event without schema or data is refused and counted: pipelines reject it',
  },
  {
    scenario: 'bad input: a referrer in the query that cannot be decoded',
    path: '*/notes/**',
    reason: 'what cannot be decoded is left as it is; the peer throws into the page',
  },
];
