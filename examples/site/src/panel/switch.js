// The switch that makes the collector fail, so that one can watch what the tracker does then.

const switches = /** @type {HTMLFieldSetElement} */ (document.querySelector('#panel-faults'));

/** @param {RequestInit} [request] */
async function ask(request) {
  const response = await fetch('/demo/fault', request);
  if (!response.ok) throw new Error(`the site's server says ${response.status}`);
  const { fault } = /** @type {{ fault: string }} */ (await response.json());
  for (const input of switches.querySelectorAll('input')) input.checked = input.value === fault;
}

/** @param {string} fault */
const order = (fault) =>
  ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ fault }) });

/** Without a collector there is nothing to switch. */
const disable = () => void (switches.disabled = true);

export function startSwitch() {
  ask().catch(disable);
  switches.addEventListener('change', ({ target }) => {
    order(/** @type {HTMLInputElement} */ (target).value).catch(disable);
  });
}
