// Which title page views and pings carry.
import { define } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'titles: of one page view only',
    steps: [
      {
        visit: '/',
        title: 'Of the document',
        run({ trackPageView }, { start }) {
          start();
          trackPageView({ title: 'Given' });
          trackPageView();
          document.title = 'Changed';
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'titles: set for all page views',
    steps: [
      {
        visit: '/',
        run({ trackPageView, setDocumentTitle }, { start }) {
          start();
          setDocumentTitle('Set');
          trackPageView();
          trackPageView();
          document.title = 'Changed';
          trackPageView();
          setDocumentTitle('Set again');
          trackPageView();
          trackPageView({ title: 'Given' });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'titles: of other letters, very long, empty, and of blanks',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start();
          trackPageView({ title: 'Ünï – 日本 🍕 "quoted" \\ <b>' });
          trackPageView({ title: 'x'.repeat(3000) });
          trackPageView({ title: '' });
          trackPageView({ title: '  ' });
        },
      },
    ],
  },
  {
    name: 'titles: a document without one',
    steps: [
      {
        visit: '/',
        title: '',
        run({ trackPageView }, { start }) {
          start();
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'titles: of pings, when the document changes its own',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableActivityTracking, updatePageActivity }, { start }) {
          start();
          enableActivityTracking({ minimumVisitLength: 0, heartbeatDelay: 10 });
          trackPageView({ title: 'Given' });
          setTimeout(updatePageActivity, 5000);
          setTimeout(() => {
            document.title = 'Changed';
            updatePageActivity();
          }, 15_000);
          setTimeout(updatePageActivity, 25_000);
        },
        drive: ({ pass }) => pass(31_000),
      },
    ],
  },
]);
