// Orders and what is in them: puts their fields into the order that piste.h gives them. The core checks them.
import { EventKind, Status } from '../constants.ts';
import { fieldsOf } from '../event-fields.ts';
import { monoNow, wallNow } from '../ports/clock.ts';
import { attempt } from '../ports/local-rows.ts';
import type { FullHost } from './full-host.ts';
import type { TransactionEvent, TransactionItemEvent } from './types.ts';

type TransactionKind = EventKind.Transaction | EventKind.TransactionItem;

const TRANSACTION = 'orderId affiliation total tax shipping city state country currency';
const ITEM = 'orderId sku name category price quantity currency';

/** Throws what JSON.stringify or a getter of the event throws. */
const fieldsOfOrder = (kind: TransactionKind, event: TransactionEvent | TransactionItemEvent): string[] => [
  ...(kind === EventKind.Transaction ? TRANSACTION : ITEM)
    .split(' ')
    .map((name) => `${((event as object as Partial<Record<string, unknown>>)[name] ?? '') as string}`),
  ...fieldsOf(kind, event),
];

/** Tracks one; what cannot be read is refused. */
export const trackTransaction = (
  host: FullHost,
  kind: TransactionKind,
  event: TransactionEvent | TransactionItemEvent,
): void => {
  const fields = attempt(() => fieldsOfOrder(kind, event), undefined);
  if (fields) return host.track(kind, fields, wallNow(), monoNow());
  host.run((engine) => engine.refuse(Status.Unserialisable), true);
  host.site.refused(Status.Unserialisable);
};
