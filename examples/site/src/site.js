// The entry of the site: starts what the page at hand has.
import { startBooking } from './booking.js';
import { startBanner } from './consent-banner.js';
import { startContact } from './contact.js';
import { startMember } from './member.js';
import { startPanel } from './panel/panel.js';
import { startPrivacy } from './privacy.js';
import { startTours } from './tours.js';
import { pageSeen, tourEntity } from './tracking.js';

/** The tour that the page is about, if it is about one. */
function entitiesOfPage() {
  const article = document.querySelector('article');
  const { tour: id, difficulty = '', ascent } = article?.dataset ?? {};
  return id ? [tourEntity({ id, difficulty, ascentMetres: Number(ascent) })] : [];
}

// First, so that the page view says already who is there.
startMember();
startTours();
startContact();
// A booking has several views, each of which is a page view of its own.
if (!startBooking()) pageSeen(entitiesOfPage());
startBanner();
startPrivacy();
startPanel();
