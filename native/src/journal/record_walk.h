// Goes from record to record of a segment, past what is damaged.
#ifndef PISTE_NATIVE_JOURNAL_RECORD_WALK_H
#define PISTE_NATIVE_JOURNAL_RECORD_WALK_H

#include <stdint.h>

#include <string_view>
#include <vector>

#include "journal/disk.h"
#include "journal/format.h"

namespace piste::native {

/// One pass over the records of an open segment. It never has more in memory than kReadBytes or the largest row.
///
/// A row whose checksum is wrong is passed over. Where the head of a record is damaged, the next one is searched for:
/// it must have both checksums right. The text of a row cannot be taken for one, since it would have to hold a byte 1.
class RecordWalk {
 public:
  enum class Step { row, end, failed };

  /// `fd` stays the caller's, and open. The first record begins at `head_bytes`.
  RecordWalk(Disk& disk, int fd, uint32_t head_bytes);

  /// Goes to the next whole row that ends at `end` or before it, which may grow from call to call but always stands
  /// behind a record. Throws std::bad_alloc.
  Step next(uint64_t end);

  uint32_t index() const { return head_.index; }
  /// Valid until the next call.
  std::string_view row() const { return row_; }
  /// Where the last whole record ends, of whatever type.
  uint64_t whole_end() const { return whole_end_; }
  /// Of a step that failed.
  int error() const { return error_; }

 private:
  enum class Found { whole, damaged, nothing, failed };

  /// Looks for a record at `at_`.
  Found look(uint64_t end);
  /// Moves `at_` to the next byte that might begin one. False if there is none before `end`.
  bool seek(uint64_t end);
  /// Gives `size` bytes from `at_` on, which end before `end`; null if they could not be read.
  const char* load(uint32_t size, uint64_t end);

  Disk& disk_;
  int fd_;
  uint64_t at_;
  uint64_t whole_end_;
  RecordHead head_;
  std::string_view row_;
  int error_ = 0;
  /// A part of the file, from `buffer_at_` on.
  std::vector<char> buffer_;
  uint64_t buffer_at_ = 0;
  uint32_t buffer_size_ = 0;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_RECORD_WALK_H
