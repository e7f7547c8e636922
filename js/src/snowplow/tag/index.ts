// The file `sp.js`, which a script element loads in the place of Snowplow's own tag.
import { WASM } from '../../../generated/wasm-face.ts';
import { decode } from '../../decode.ts';
import { createDraftingEngine } from '../../full/drafting-engine.ts';
import { loadFrom } from '../../load.ts';
import { ownScriptData } from '../../ports/scripts.ts';
import { createSnowplow } from '../api.ts';
import { createLog } from '../log.ts';
import { createTag } from './tag.ts';
import { serveNext } from './queue.ts';

// Sites may give the list of names a name of their own, so that nothing else on the page takes what is theirs.
serveNext(globalThis, ownScriptData('names') || 'GlobalSnowplowNamespace', (name) => {
  const log = createLog();
  const load = loadFrom(() => decode(WASM), createDraftingEngine);
  return createTag(name, createSnowplow(load, log), log, globalThis);
});
