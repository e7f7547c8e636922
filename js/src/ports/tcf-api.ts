// Where the consent banner's interface by the IAB's framework is: a function of the page, or of a frame around it.
import { attempt } from './local-rows.ts';
import { randomName } from './random.ts';

/** The version of the interface. */
const VERSION = 2;
const LOCATOR = '__tcfapiLocator';

/** Data and whether they are good; both may be anything. */
type Answer = (data: unknown, isGood?: unknown) => void;
type Api = (command: string, version: number, answer: Answer, parameter?: unknown) => void;

/** Asks the banner; `answer` may be called often, at once or later. */
export type TcfCall = (command: string, answer: Answer, parameter?: unknown) => void;

const apiOf = (): Api | undefined =>
  attempt(() => {
    const { __tcfapi: api } = globalThis as { __tcfapi?: unknown };
    return typeof api === 'function' ? (api as Api) : undefined;
  }, undefined);

/** The function, or the frame, that is there now. */
export const findTcf = (): object | undefined => {
  const api = apiOf();
  if (api) return api;
  let frame = globalThis as unknown as Window;
  while (frame.parent && frame.parent !== frame) {
    frame = frame.parent;
    // Of a frame of another origin that has none, asking for it throws.
    if (attempt(() => frame.frames[LOCATOR as never] as unknown, undefined)) return frame;
  }
  return undefined;
};

type Message = { __tcfapiReturn?: { callId?: unknown; returnValue?: unknown; success?: unknown } };

/** Speaks to a frame by messages, until `signal` ends it. */
const callFrame = (frame: Window, signal: AbortSignal): TcfCall => {
  const answers = new Map<unknown, Answer>();
  const hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (source !== frame) return; // anybody may write
    attempt(() => {
      // Old banners write text.
      const { __tcfapiReturn: answer } = (typeof data === 'string' ? JSON.parse(data) : data) as Message;
      answers.get(answer?.callId)?.(answer?.returnValue, answer?.success);
    }, undefined);
  };
  addEventListener('message', hear, { signal });
  return (command, answer, parameter) => {
    const callId = randomName();
    answers.set(callId, answer);
    frame.postMessage({ __tcfapiCall: { command, parameter, version: VERSION, callId } }, '*');
  };
};

/** How one that {@link findTcf} has found is asked. */
export const openTcf = (place: object, signal: AbortSignal): TcfCall =>
  typeof place === 'function'
    ? (command, answer, parameter) =>
        // What was found may have been a placeholder, which nobody serves any more.
        (apiOf() ?? (place as Api))(command, VERSION, answer, parameter)
    : callFrame(place as Window, signal);
