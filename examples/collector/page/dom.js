// Makes elements. Text only ever becomes text: payloads come from outside and may be hostile.

const MAX_JSON_LENGTH = 20_000;
const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @param {ReadonlyArray<[string, string]>} pairs */
export function definitions(pairs) {
  return element(
    'dl',
    'pairs',
    ...pairs.map(([key, value]) => element('div', '', element('dt', '', key), element('dd', '', value))),
  );
}

/** @param {RegExpMatchArray} token */
function kindOf([, string, colon]) {
  if (string === undefined) return 'literal';
  return colon === undefined ? 'string' : 'key';
}

/** @param {unknown} value JSON, shown indented and coloured. */
export function jsonView(value) {
  const full = JSON.stringify(value, null, 2) ?? '';
  const text = full.slice(0, MAX_JSON_LENGTH);
  const view = element('pre', 'json');
  let at = 0;
  for (const token of text.matchAll(JSON_TOKEN)) {
    const shown = token[1] ?? token[0];
    view.append(text.slice(at, token.index), element('span', kindOf(token), shown));
    at = token.index + shown.length;
  }
  view.append(text.slice(at));
  if (full.length > text.length) view.append(`\n… ${full.length - text.length} more characters`);
  view.tabIndex = 0;
  return view;
}

/**
 * A part that is closed until asked for, and built only then.
 * @param {string} title
 * @param {() => Node} build
 */
export function folded(title, build) {
  const details = /** @type {HTMLDetailsElement} */ (element('details', 'folded', element('summary', '', title)));
  details.addEventListener('toggle', () => details.append(build()), { once: true });
  return details;
}
