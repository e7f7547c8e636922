// Base64url without padding (RFC 4648, section 5), of UTF-8.

/** Encodes; undefined is as empty. */
export const base64url = (text: string | undefined): string =>
  // Byte by byte: long texts have more bytes than a call may have arguments.
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Decodes. Throws what is thrown where it is no base64. */
export const textOfBase64url = (text: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0)),
  );
