// All scenarios, in the order of their topics.
import { scenarios as anonymity } from './anonymity.mjs';
import { scenarios as badInput } from './bad-input.mjs';
import { scenarios as callbacks } from './callbacks.mjs';
import { scenarios as cookies } from './cookies.mjs';
import { scenarios as entities } from './entities.mjs';
import { scenarios as globalContexts } from './global-contexts.mjs';
import { scenarios as linker } from './linker.mjs';
import { scenarios as optOut } from './opt-out.mjs';
import { scenarios as pageViews } from './page-views.mjs';
import { scenarios as pings } from './pings.mjs';
import { scenarios as plugins } from './plugins.mjs';
import { scenarios as pluginsOfficial } from './plugins-official.mjs';
import { scenarios as pluginsOfficialForms } from './plugins-official-forms.mjs';
import { scenarios as requests } from './requests.mjs';
import { scenarios as selfDescribing } from './self-describing.mjs';
import { scenarios as sessions } from './sessions.mjs';
import { scenarios as structured } from './structured.mjs';
import { scenarios as timestamps } from './timestamps.mjs';
import { scenarios as titles } from './titles.mjs';
import { scenarios as trackers } from './trackers.mjs';
import { scenarios as upgrade } from './upgrade.mjs';
import { scenarios as urls } from './urls.mjs';
import { scenarios as userIds } from './user-ids.mjs';

export const all = [
  ...pageViews,
  ...titles,
  ...urls,
  ...pings,
  ...structured,
  ...selfDescribing,
  ...timestamps,
  ...entities,
  ...globalContexts,
  ...plugins,
  ...pluginsOfficial,
  ...pluginsOfficialForms,
  ...sessions,
  ...anonymity,
  ...cookies,
  ...userIds,
  ...linker,
  ...requests,
  ...trackers,
  ...optOut,
  ...callbacks,
  ...badInput,
  ...upgrade,
];
