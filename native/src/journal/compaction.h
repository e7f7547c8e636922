// Copies what is left of a segment, so that what is done gives its room back.
#ifndef PISTE_NATIVE_JOURNAL_COMPACTION_H
#define PISTE_NATIVE_JOURNAL_COMPACTION_H

#include <stdint.h>

#include "journal/disk.h"
#include "journal/marks.h"
#include "journal/status.h"

namespace piste::native {

/// What is to be copied.
struct CopySource {
  int fd = -1;
  uint32_t head_bytes = 0;
  uint64_t bytes = 0;  ///< Of the whole file.
  Marks done;
};

/// What has been copied.
struct Copied {
  uint32_t head_bytes = 0;  ///< Of the new file.
  uint32_t records = 0;     ///< In it.
  uint64_t bytes = 0;       ///< Of the whole of it.
};

/// Writes the rows of `source` that are not done into the empty file `to`, each under its index, behind
/// `copied.head_bytes`, and syncs them. The head stays the caller's to write. Throws std::bad_alloc.
Status copy_pending(Disk& disk, const CopySource& source, int to, Copied& copied);

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_COMPACTION_H
