// The types are exactly these: each line would fail if one became wider or narrower.
import type * as Piste from 'piste';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare const exactly: <Expected extends true>() => Expected;

type Tracker = Piste.Tracker;

exactly<Same<keyof typeof Piste, 'createTracker' | 'version'>>();
exactly<Same<Parameters<typeof Piste.createTracker>, [options: Piste.TrackerOptions]>>();
exactly<Same<ReturnType<typeof Piste.createTracker>, Tracker>>();
exactly<Same<ReturnType<Tracker['track']>, void>>();
exactly<Same<ReturnType<Tracker['flush']>, Promise<Piste.Stats>>>();
exactly<Same<ReturnType<Tracker['stats']>, Piste.Stats>>();
exactly<Same<Parameters<Tracker['trackPageView']>, [event?: Piste.PageViewEvent]>>();
exactly<Same<Piste.Stats['engine'], 'loading' | 'wasm' | 'none'>>();
exactly<Same<Piste.TrackerEvent['type'], 'page_view' | 'structured' | 'self_describing' | 'page_ping'>>();
exactly<Same<Piste.TrackerOptions['method'], 'post' | 'get' | undefined>>();
exactly<Same<Piste.SelfDescribingJson['data'], unknown>>();
exactly<Same<Piste.Entity, Piste.SelfDescribingJson>>();
exactly<Same<ReturnType<Tracker['session']>, Piste.Session | undefined>>();
exactly<Same<Parameters<Tracker['setAnonymous']>, [anonymous: boolean | 'session']>>();
type Kept = { session?: boolean | undefined; user?: boolean | undefined };
exactly<Same<Parameters<Tracker['forgetVisitor']>, [keep?: Kept]>>();
exactly<Same<Piste.TrackerOptions['identity'], 'none' | 'cookie' | 'local' | 'memory' | undefined>>();
exactly<Same<Piste.TrackerOptions['anonymous'], boolean | 'session' | undefined>>();
exactly<Same<Piste.CookieOptions['sameSite'], 'Lax' | 'Strict' | 'None' | undefined>>();
