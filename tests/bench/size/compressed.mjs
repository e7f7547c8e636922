// Bytes as they are and as they travel: what `gzip -9` and `brotli -q 11` make of them.
import { execFileSync } from 'node:child_process';
import { brotliCompressSync, constants } from 'node:zlib';

/** @param {Uint8Array} bytes */
function gzip(bytes) {
  // The program itself: Node's zlib is Chromium's, whose output differs by some bytes. -n: no name, no time.
  return execFileSync('gzip', ['-9', '-n', '-c'], { input: bytes, maxBuffer: 1 << 28 }).length;
}

/** @param {Uint8Array} bytes */
function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

/** @param {Uint8Array} bytes */
export const compressed = (bytes) => ({ gzip: gzip(bytes), brotli: brotli(bytes) });
