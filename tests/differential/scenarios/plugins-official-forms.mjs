// Snowplow's own plugin for forms, as it is published.
import * as forms from 'snowplow-plugin-form-tracking';
import { define, thing } from '../scenario.mjs';

const FORMS = `<form id="order" class=" big order " action="/sent">
<input name="mail" id="m" class="a b" type="email" value="ann@shop.example">
<input name="secret" type="password" value="s">
<input type="checkbox" name="news" checked value="yes"><input type="checkbox" name="other" value="no">
<input type="radio" name="size" value="l" checked><textarea name="text" class="quiet">größe ✓</textarea>
<select name="land"><option value="ch" selected>Switzerland</option><option value="fr">France</option></select>
<input type="hidden" name="token" value="t"><input type="submit" name="go" value="Go">
<input type="range" id="r" value="5">
</form><form name="search" class="quiet"><input name="q" value="skis"></form><input id="free" value="in no form">`;

/** Visits every field, changes it, and sends every form. */
const use = () => {
  for (const element of document.querySelectorAll('input, select, textarea')) {
    element.dispatchEvent(new FocusEvent('focus', { composed: true }));
    element.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
  document.addEventListener('submit', (event) => event.preventDefault());
  for (const form of document.querySelectorAll('form')) {
    form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  }
};

/** @typedef {import('snowplow-plugin-form-tracking').FormTrackingConfiguration} Configuration */

/** @param {string} name @param {Configuration | undefined} configuration */
const used = (name, configuration) => ({
  name: `plugins-official: forms, ${name}`,
  steps: [
    {
      visit: '/',
      body: FORMS,
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run({ trackPageView }, { start }) {
        start('sp', { plugins: [forms.FormTrackingPlugin()], contexts: { session: true } });
        forms.enableFormTracking(configuration);
        trackPageView();
        use();
        forms.disableFormTracking();
        use();
      },
    },
  ],
});

export const scenarios = define([
  used('all of them', undefined),
  used('with entities', {
    context: [thing('each'), (element, type, value) => thing('field', { name: element.name, type, value: `${value}` })],
  }),
  used('by classes and names', {
    options: { forms: { denylist: ['quiet'] }, fields: { allowlist: ['mail', 'land'] } },
  }),
  used('changed before they are sent', {
    options: {
      fields: { denylist: ['token'], transform: (value, { name }) => (name === 'mail' ? 'hidden' : value) },
      events: ['change_form', 'submit_form'],
      useCapture: false,
    },
  }),
  used('chosen by the page', { options: { forms: { filter: ({ id }) => id === 'order' }, events: ['focus_form'] } }),
]);
