// Builders of the events whose members are keys of the payload.
import type { TrackerCoreApi } from '../snowplow/plugin-api/types.ts';
import type { PayloadBuilder } from '../snowplow/tracker-core/types.ts';
import { payloadBuilder } from './json.ts';

/** What a value becomes under a key. */
type Convert = (value: unknown, key: string) => unknown;

/** A builder of events of a kind. `table`: keys of the payload and members of the event, in the payload's order. */
const builderOf =
  (kind: string, table: string, convert: Convert = (value) => value) =>
  (event: object): PayloadBuilder => {
    const builder = payloadBuilder();
    builder.add('e', kind);
    for (const pair of table.split(' ')) {
      const [key = '', name = ''] = pair.split(':');
      builder.add(key, convert((event as Record<string, unknown>)[name], key));
    }
    return builder;
  };

/** Offsets that are 0 or no numbers are left out: so the protocol wants it. */
const offset: Convert = (value, key) => {
  if (!key.startsWith('pp_')) return value;
  return value && !Number.isNaN(Number(value)) ? (value as number).toString() : undefined;
};

/** A number is sent as text, and 0 is one. */
const text: Convert = (value, key) =>
  key === 'se_va' && value !== undefined && value !== null ? (value as number).toString() : value;

export const buildPageView: TrackerCoreApi['buildPageView'] = /* @__PURE__ */ builderOf(
  'pv',
  'url:pageUrl page:pageTitle refr:referrer',
);

export const buildPagePing: TrackerCoreApi['buildPagePing'] = /* @__PURE__ */ builderOf(
  'pp',
  'url:pageUrl page:pageTitle refr:referrer pp_mix:minXOffset pp_max:maxXOffset pp_miy:minYOffset pp_may:maxYOffset',
  offset,
);

export const buildStructEvent: TrackerCoreApi['buildStructEvent'] = /* @__PURE__ */ builderOf(
  'se',
  'se_ca:category se_ac:action se_la:label se_pr:property se_va:value',
  text,
);

export const buildEcommerceTransaction: TrackerCoreApi['buildEcommerceTransaction'] = /* @__PURE__ */ builderOf(
  'tr',
  'tr_id:orderId tr_af:affiliation tr_tt:total tr_tx:tax tr_sh:shipping tr_ci:city tr_st:state tr_co:country ' +
    'tr_cu:currency',
);

export const buildEcommerceTransactionItem: TrackerCoreApi['buildEcommerceTransactionItem'] = /* @__PURE__ */ builderOf(
  'ti',
  'ti_id:orderId ti_sk:sku ti_nm:name ti_ca:category ti_pr:price ti_qu:quantity ti_cu:currency',
);
