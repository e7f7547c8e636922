// Sentences for people behind the codes of problems. Only in the development entry: texts are bytes.
import { Key, Status } from './constants.ts';
import type { Problem } from './types.ts';

const MESSAGES: Readonly<Record<number, string>> = {
  [Status.InvalidArgument]:
    'The type of the event is unknown: use page_view, structured, self_describing or page_ping.',
  [Status.InvalidUtf8]: 'A text is not valid Unicode.',
  [Status.InvalidValue]: 'The value of an option is outside of what it allows.',
  [Status.MissingField]:
    'A required field is empty: structured events need category and action, self-describing ones schema and data.',
  [Status.InvalidNumber]: 'A number is not finite, or a timestamp is not in Unix milliseconds.',
  [Status.MalformedEvent]:
    'The data of a self-describing event must be an object or array, and entities must be an array.',
  [Status.TooLarge]: 'The event is larger than 500,000 bytes.',
  [Status.Unserialisable]: 'The event cannot be written as JSON: it has a cycle, a BigInt, or a getter that throws.',
  [Status.QueueFull]: 'Too many events wait for the collector; this one was dropped.',
  [Status.Closed]: 'The tracker is closed; the event was dropped.',
  [Status.Rejected]: 'The collector refused events for good.',
  [Status.Evicted]: 'Too many events wait for the collector; this one made room for one of higher priority.',
  [Status.Expired]: 'A stored event of an earlier page was too old to be sent; it was dropped.',
  [Status.Denied]: 'The visitor does not want to be tracked; the event was dropped.',
  [Status.Held]: 'The visitor has not answered yet whether he wants to be tracked; the event waits.',
  [Status.NoMemory]: 'Memory ran out; the event was dropped.',
  [Status.UnreadableRow]: 'A stored event of an earlier page could not be read; it was dropped.',
  [Status.Internal]:
    "The engine could not run. If the page has a Content-Security-Policy, it needs 'wasm-unsafe-eval'.",
};

const NO_ENTITY =
  'This is neither an entity, nor a function with at most one parameter, nor a pair of a condition and such. ' +
  'The rules of a condition are schema URIs.';

const OPTIONS: Readonly<Record<number, string>> = {
  [Key.Collector]: 'collector',
  [Key.PostPath]: 'postPath',
  [Key.Method]: 'method, of which get needs the entry piste/full,',
  [Key.Base64]: 'base64, which needs the entry piste/full,',
  [Key.BatchBytes]: 'maxBatchBytes',
  [Key.BatchWaitMs]: 'batchWaitMs',
  [Key.TimeoutMs]: 'requestTimeoutMs',
  [Key.PingFirstMs]: 'pagePings.minimumVisitSeconds',
  [Key.PingEveryMs]: 'pagePings.heartbeatSeconds',
  [Key.Identity]: 'identity',
  [Key.SessionEntity]: 'sessionEntity, which needs the entry piste/full,',
  [Key.UserLifetimeS]: 'userLifetimeSeconds',
  [Key.SessionTimeoutS]: 'sessionTimeoutSeconds',
  [Key.BatchEvents]: 'minBatchEvents',
  [Key.RetryFailed]: 'retryFailedRequests',
  [Key.RetriedStatuses]: 'retryStatusCodes',
  [Key.FinalStatuses]: 'dontRetryStatusCodes',
};

/** The sentence for a problem. */
export const describe = ({ code, during, detail }: Problem): string => {
  const what = during === 'configure' ? ` (option ${OPTIONS[detail as number] ?? String(detail)})` : '';
  if (during === 'globalEntities') return `piste, ${during}: ${NO_ENTITY}`;
  return `piste, ${during}: ${MESSAGES[code] ?? `problem ${code}`}${what}`;
};

/** Writes into the console. */
export const say = (sentence: string, detail?: unknown): void => {
  // eslint-disable-next-line no-console -- what the development entries are for
  console.warn(sentence, detail ?? '');
};

/** Says it in the console. */
export const explain = (problem: Problem): void => say(describe(problem), problem.detail);
