// The Clock port: what a moment says of time.

/** Unix time in ms; may jump. */
export const wallNow = (): number => Date.now();

/** Ms from any origin; never goes back. */
export const monoNow = (): number => performance.now();
