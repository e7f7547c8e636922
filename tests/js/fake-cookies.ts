// The cookies of a browser that is not there: one jar, of which each page sees what its address lets it see (RFC 6265).

export interface FakeCookie {
  name: string;
  value: string;
  domain: string;
  /** Only for the host that set it, not for those below. */
  isHostOnly: boolean;
  path: string;
  isSecure: boolean;
  sameSite: string;
  /** Unix time in ms; undefined: when the browser ends. */
  expiresMs: number | undefined;
}

/** Below these anybody may have a domain, besides below each top level. */
const PUBLIC_SUFFIXES = ['co.uk', 'github.io'];
const isPublic = (domain: string): boolean => !domain.includes('.') || PUBLIC_SUFFIXES.includes(domain);

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
const isBelow = (path: string, top: string): boolean =>
  path === top || path.startsWith(top.endsWith('/') ? top : `${top}/`);

const deny = (): never => {
  throw new DOMException('denied', 'SecurityError');
};

/** What `document.cookie` is in a page at some address. */
export class FakeCookies {
  /** All that was written, as it was written, refused or not. */
  readonly written: string[] = [];
  /** Every access throws, as in a sandboxed frame. */
  isDenied = false;
  #jar: FakeCookie[] = [];

  /** What there is still, whoever may see it. */
  get all(): readonly FakeCookie[] {
    this.#jar = this.#jar.filter(({ expiresMs }) => expiresMs === undefined || expiresMs > Date.now());
    return this.#jar;
  }

  /** Name and value of what there is still. */
  get values(): Record<string, string> {
    return Object.fromEntries(this.all.map(({ name, value }) => [name, value]));
  }

  read(address: string): string {
    if (this.isDenied) deny();
    const { hostname, pathname, protocol } = new URL(address);
    const seen = this.all.filter(
      ({ domain, isHostOnly, path, isSecure }) =>
        (isHostOnly ? hostname === domain : isWithin(hostname, domain)) &&
        isBelow(pathname, path) &&
        (!isSecure || protocol === 'https:'),
    );
    return seen.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  write(address: string, text: string): void {
    if (this.isDenied) deny();
    this.written.push(text);
    const cookie = parse(address, text);
    if (!cookie) return;
    const isSame = (other: FakeCookie): boolean =>
      (['name', 'domain', 'isHostOnly', 'path'] as const).every((member) => other[member] === cookie[member]);
    this.#jar = [...this.#jar.filter((other) => !isSame(other)), cookie];
  }
}

/** Undefined if the browser refuses it. */
function parse(address: string, text: string): FakeCookie | undefined {
  const { hostname, protocol } = new URL(address);
  const [pair = '', ...rest] = text.split('; ');
  const attributes = new Map(rest.map((attribute) => attribute.split('=') as [string, string | undefined]));
  const wanted = attributes.get('Domain') ?? '';
  if (wanted && (!isWithin(hostname, wanted) || (isPublic(wanted) && wanted !== hostname))) return undefined;
  const isSecure = attributes.has('Secure');
  const sameSite = attributes.get('SameSite') ?? '';
  if ((isSecure && protocol !== 'https:') || (sameSite === 'None' && !isSecure)) return undefined;
  const maxAge = attributes.get('Max-Age');
  return {
    name: pair.slice(0, pair.indexOf('=')),
    value: pair.slice(pair.indexOf('=') + 1),
    domain: wanted || hostname,
    isHostOnly: !wanted || isPublic(wanted),
    path: attributes.get('Path') ?? '/',
    isSecure,
    sameSite,
    expiresMs: maxAge === undefined ? undefined : Date.now() + Number(maxAge) * 1000,
  };
}
