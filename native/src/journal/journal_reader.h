// Reads the pending rows of a journal, oldest first, also while others are appended.
#ifndef PISTE_NATIVE_JOURNAL_JOURNAL_READER_H
#define PISTE_NATIVE_JOURNAL_JOURNAL_READER_H

#include <stdint.h>

#include <optional>
#include <string_view>

#include "journal/journal.h"
#include "journal/record_walk.h"

namespace piste::native {

/// One pass over the rows that are pending when it comes by. It holds one segment open and one piece of it in memory,
/// whatever there is to read. For one thread at a time; the journal outlives it.
class JournalReader {
 public:
  /// Begins at the row `from`, or the next one if it is gone; 0: at the oldest.
  explicit JournalReader(Journal& journal, RowId from = 0);
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;
  ~JournalReader();

  /// Goes to the next pending row. Status::end: there is none by now, but there may be later. Another status: a
  /// segment cannot be read and is left out; its rows stay pending, and the next call goes on behind it.
  /// Rows that are damaged are taken off the journal and counted there.
  Status next() noexcept;

  /// Of the last call that gave ok.
  RowId id() const { return row_id(handle_, index_); }
  /// Valid until the next call.
  std::string_view row() const { return walk_->row(); }

 private:
  Status step();
  /// Opens the segment to be read next, if that is not open. Under the journal's lock.
  Status look(uint64_t& end, bool& is_sealed);
  void close();

  Journal& journal_;
  Handle handle_;
  uint32_t next_index_;
  uint32_t index_ = 0;
  uint32_t generation_ = 0;
  int fd_ = -1;
  std::optional<RecordWalk> walk_;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_JOURNAL_READER_H
