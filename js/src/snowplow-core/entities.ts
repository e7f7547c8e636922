// Entities of one call, and what the names of their schemas say.
import { attempt } from '../ports/local-rows.ts';
import type { TrackerCoreApi } from '../snowplow/plugin-api/types.ts';
import type { SelfDescribingJson } from '../snowplow/tracker-core/types.ts';

export const resolveDynamicContext: TrackerCoreApi['resolveDynamicContext'] = (contexts, ...extraParams) =>
  (contexts ?? [])
    .map((one) => (typeof one === 'function' ? attempt(() => one(...extraParams), null) : one))
    .filter((one): one is SelfDescribingJson => !!one);

const NUMBER = '(0|[1-9]\\d*)';

export const getSchemaParts: TrackerCoreApi['getSchemaParts'] = (input) =>
  new RegExp(`^iglu:([\\w.-]+)/([\\w-]+)/jsonschema/([1-9]\\d*)-${NUMBER}-${NUMBER}$`).exec(input)?.slice(1);
