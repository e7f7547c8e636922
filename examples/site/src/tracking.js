// What this site tells its collector, and when. Made to be copied: change the names and keep the shape. The rest of the
// site says what happened by calling one of these functions; only this file knows how that is said to a collector.
import { trackConsentChanges } from 'piste/consent';
import { adClick, linkClick, submitForm } from 'piste/events';
import { createTracker } from 'piste/full';
import { consent, POLICY } from './consent.js';

// Your own kinds of events and entities need a schema that your pipeline knows. Ours are in ../schemas.
const OWN = 'iglu:com.example';

/** Can be used at once: what is tracked before its engine runs is kept, with its own time. */
export const tracker = createTracker({
  // Here the page names it, since every visitor of this demo has a collector of their own. Write your URL instead.
  collector: document.documentElement.dataset.collector ?? '',
  appId: 'silvaun-hut',
  // Until the visitor answers, events wait in memory, and nothing is sent, stored or looked up. A yes sends them, with
  // the times of then; a no destroys them, and whatever is kept of the visitor.
  consent,
  // After a yes: who comes again is the same visitor, and each event says where it stands in its session.
  identity: 'cookie',
  sessionEntity: true,
  // After ten seconds, and then for each ten seconds in which the visitor did something: how long pages are read.
  pagePings: { minimumVisitSeconds: 10, heartbeatSeconds: 10 },
  // Called for each mistake and each loss. Send it to where your errors go; here the panel shows it.
  // But for 205: an event that the visitor does not want.
  onProblem: (detail) => detail.code === 205 || dispatchEvent(new CustomEvent('tracking-problem', { detail })),
});

// Each decision is an event, for whoever has to prove it. It is necessary: a no is told as well, without any id.
trackConsentChanges(tracker, consent, POLICY);

/**
 * A page is seen, or a view of a single-page application. Call it when `location` and `document.title` are those of the
 * new view: both are read at once.
 * @param {import('piste').Entity[]} [entities] Of this page view, and of its pings.
 */
export const pageSeen = (entities) => tracker.trackPageView({ entities });

/**
 * From now on events carry this id. An id of your own, never a name or an address: those are nobody's business.
 * @param {string | null} memberId null when they leave.
 */
export function memberChanged(memberId) {
  // Leaving is told in the member's name, coming too.
  if (memberId) tracker.setUserId(memberId);
  tracker.trackStructured({ category: 'account', action: memberId ? 'sign_in' : 'sign_out' });
  if (!memberId) tracker.setUserId(null);
}

/** The visitor was signed in already when the page came. @param {string} memberId */
export const memberKnown = (memberId) => tracker.setUserId(memberId);

/**
 * Structured events are enough for small things: they need no schema.
 * @param {string} filter @param {string} choice @param {number} shown How many tours are left.
 */
export const toursFiltered = (filter, choice, shown) =>
  tracker.trackStructured({ category: 'tours', action: 'filter', label: filter, property: choice, value: shown });

/** An entity says what an event is about. @param {{ id: string, difficulty: string, ascentMetres: number }} tour */
export const tourEntity = (tour) => ({ schema: `${OWN}/tour/jsonschema/1-0-0`, data: tour });

/** @param {{ arrival: string, nights: number, guests: number, room: string | null }} stay */
export const stayEntity = (stay) => ({ schema: `${OWN}/stay/jsonschema/1-0-0`, data: stay });

/**
 * What you will want to count by fields of its own gets a schema.
 * @param {string} step
 * @param {import('piste').Entity[]} entities
 */
export const bookingStepReached = (step, entities) =>
  tracker.trackSelfDescribing({ schema: `${OWN}/booking_step/jsonschema/1-0-0`, data: { step }, entities });

/**
 * For the kinds of events that every pipeline knows there are functions. Of a form: which fields it has, and never what
 * was typed into them.
 * @param {HTMLFormElement} form
 */
export function formSubmitted(form) {
  const fields = [...form.elements].flatMap((field) =>
    field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement
      ? [{ name: field.name, value: null, nodeName: /** @type {import('piste/events').FormNode} */ (field.nodeName) }]
      : [],
  );
  tracker.trackSelfDescribing(submitForm({ formId: form.id, elements: fields }));
}

/** @param {HTMLAnchorElement} link */
export const linkFollowed = ({ href, id, textContent }) =>
  tracker.trackSelfDescribing(
    linkClick({ targetUrl: href, elementId: id || undefined, elementContent: textContent.trim() }),
  );

/** An event says what it is for, if that is not analytics. @param {string} campaignId @param {string} targetUrl */
export const offerFollowed = (campaignId, targetUrl) =>
  tracker.trackSelfDescribing(adClick({ targetUrl, campaignId }, { purpose: 'marketing' }));

// One listener for all links, also those that are added later. The page may be gone in a moment: nothing is to be done
// about that here, the tracker sends what it can while the page is left and keeps the rest for the next one.
for (const kind of /** @type {const} */ (['click', 'auxclick'])) {
  document.addEventListener(kind, ({ target, button }) => {
    // The middle button opens a link too; the right one only a menu.
    if (button > 1) return;
    const link = target instanceof Element ? target.closest('a') : null;
    if (link && /^https?:$/.test(link.protocol) && link.origin !== location.origin) linkFollowed(link);
    if (link?.dataset.offer) offerFollowed(link.dataset.offer, link.href);
  });
}
