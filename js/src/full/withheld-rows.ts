// Rows of a visitor who has not answered yet: until he has, or there is a row to keep, no name is taken for them, since
// a lease is written, and nobody's rows are taken over.
import type { RowStorage } from '../ports/storage.ts';

export interface WithheldRows extends RowStorage {
  /** Whether the visitor has answered now. */
  heed(isAnswered: boolean): void;
}

/** `answered`: whether he has when the tracker begins. */
export const withheldRows = (rows: RowStorage, answered: boolean): WithheldRows => {
  /** The tracker is there, and not put away. */
  let wanted = false;
  let begun = false;
  let isNamed = false;
  let stopped = false;
  const begin = (): void => {
    if (begun || !wanted) return;
    begun = isNamed = true;
    rows.hold();
    if (stopped) rows.stop();
  };
  // Those that were stored would be refused until then, and be read again and again.
  const mayTake = (): boolean => begun && answered;
  return {
    put(...row) {
      begin();
      if (!isNamed) {
        // The page is put away, and had no row before: this one is anybody's, as all of such pages are.
        isNamed = true;
        rows.hold();
        rows.release();
      }
      rows.put(...row);
    },
    erase(id) {
      if (begun) rows.erase(id);
    },
    adopt() {
      if (mayTake()) rows.adopt();
    },
    resume() {
      if (mayTake()) rows.resume();
    },
    hurry: (hurried) => rows.hurry(hurried),
    stop() {
      stopped = true;
      if (begun) rows.stop();
    },
    release() {
      if (begun) rows.release();
      begun = wanted = false;
    },
    hold() {
      wanted = true;
      if (answered) begin();
    },
    heed(isAnswered) {
      answered = isAnswered;
      if (!answered) return;
      begin();
      if (!begun) return;
      rows.adopt();
      rows.resume();
    },
  };
};
