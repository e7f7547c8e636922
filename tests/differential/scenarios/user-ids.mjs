// The id that the business has for its user, and getters of the others.
import { define } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'user ids: set and cleared',
    steps: [
      {
        visit: '/',
        run({ trackPageView, setUserId }, { start, note }) {
          const tracker = start();
          for (const id of ['jane', '', 'Jürgen', null, undefined]) {
            setUserId(id);
            note('user', tracker.getUserId());
            trackPageView();
          }
        },
      },
    ],
  },
  {
    name: 'user ids: from the location',
    steps: [
      {
        visit: '/?user=j%20d+x&empty=',
        run({ trackPageView, setUserIdFromLocation }, { start, note }) {
          const tracker = start();
          for (const field of ['user', 'empty', 'missing']) {
            setUserIdFromLocation(field);
            note(field, tracker.getUserId());
            trackPageView();
          }
        },
      },
    ],
  },
  {
    name: 'user ids: from the referrer',
    steps: [
      {
        visit: '/',
        referrer: 'https://mail.example/?user=from-mail&other=1',
        run({ trackPageView, setUserIdFromReferrer }, { start, note }) {
          const tracker = start();
          for (const field of ['user', 'missing']) {
            setUserIdFromReferrer(field);
            note(field, tracker.getUserId());
            trackPageView();
          }
        },
      },
    ],
  },
  {
    name: 'user ids: from a cookie',
    steps: [
      {
        visit: '/',
        run({ trackPageView, setUserIdFromCookie }, { start, note }) {
          document.cookie = 'login=jane%20doe';
          const tracker = start();
          for (const name of ['login', 'missing']) {
            setUserIdFromCookie(name);
            note(name, tracker.getUserId());
            trackPageView();
          }
        },
      },
    ],
  },
  {
    name: 'user ids: getters of a tracker',
    steps: [
      {
        visit: '/',
        run({ trackPageView, getDomainSessionId, version }, { start, note }) {
          const tracker = start();
          trackPageView();
          note('names', [tracker.id, tracker.namespace, typeof version]);
          note('ids', [tracker.getDomainUserId(), tracker.getDomainSessionId(), getDomainSessionId()]);
          note('index', tracker.getDomainSessionIndex());
          note('info', tracker.getDomainUserInfo());
          note('page', [tracker.getPageViewId(), tracker.getTabId(), tracker.getUserId()]);
        },
      },
    ],
  },
]);
