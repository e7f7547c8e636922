// All segments of a journal, by age: where rows are appended, which are done, which have to make room.
#ifndef PISTE_NATIVE_JOURNAL_SEGMENT_TABLE_H
#define PISTE_NATIVE_JOURNAL_SEGMENT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/disk.h"
#include "journal/folder.h"
#include "journal/segment.h"
#include "journal/status.h"

namespace piste::native {

/// A row, as long as the journal is open: rises with age, is less than 2^48, never 0.
using RowId = uint64_t;

/// Why a row that was not acknowledged is gone.
enum class LossReason {
  evicted,  ///< The oldest made room, since the journal may not take more.
  expired,  ///< It was older than rows may become.
  removed,  ///< Somebody has removed the directory.
};

struct Lost {
  RowId id = 0;
  LossReason reason = LossReason::evicted;
};

/// What a segment is called while the journal is open; adopted ones get theirs when they are adopted.
using Handle = uint32_t;

/// `Handle` and index, as an id.
constexpr RowId row_id(Handle handle, uint32_t index) { return static_cast<RowId>(handle) << 16 | index; }
constexpr Handle handle_of(RowId id) { return static_cast<Handle>(id >> 16); }
constexpr uint32_t index_of(RowId id) { return static_cast<uint32_t>(id & 0xFFFF); }

/// What the table may take.
struct TableLimits {
  uint64_t most_bytes = 0;
  uint32_t segment_bytes = 0;
};

/// Without locks: the journal has one around each call. Everything here throws std::bad_alloc.
class SegmentTable {
 public:
  SegmentTable(Disk& disk, std::string root, TableLimits limits);

  /// Takes over the folders of those who are gone, as the oldest rows that come from here on.
  Status adopt();
  /// Makes the folder for the rows to come, unless there is one.
  Status prepare();
  /// `lost`: rows that made room, or were in a directory that is gone.
  Status append(std::string_view row, double wall_ms, RowId& id, std::vector<Lost>& lost);
  /// Marks rows as done; ids that are unknown, or done already, are no mistake. Removes segments that are done.
  Status mark(const RowId* ids, size_t count);
  /// Removes segments whose newest row is older than `oldest_ms`.
  void expire(double oldest_ms, std::vector<Lost>& lost);
  /// A reader found no rows from `begin` to before `end` of a segment: those that should be there are damaged.
  void miss(Handle handle, uint32_t begin, uint32_t end);
  /// Seals what is open, and removes what is empty.
  void close();
  /// Seals the segment that is appended to, if there is one.
  void seal_active();

  /// The segment that compaction would gain most from, sealed; 0 if it is not worth it.
  Handle wasteful();
  /// Puts a smaller file in the place of a segment.
  Status replace(Handle handle, int unfinished_fd, const Copied& copied);

  /// Null if there is none.
  Segment* find(Handle handle);
  /// The first segment of `handle` and all after it; 0 if there is none.
  Handle at_or_after(Handle handle) const;
  /// What has to be synced for all rows to be on the disk; the descriptors are the caller's.
  Status take_unsynced(std::vector<int>& fds);

  uint64_t bytes() const { return bytes_; }
  uint64_t pending() const;
  uint64_t damaged_rows() const { return damaged_rows_; }
  uint64_t torn_bytes() const { return torn_bytes_; }
  uint64_t left_segments() const { return left_segments_; }
  size_t segments() const { return segments_.size(); }

 private:
  using Segments = std::map<Handle, std::unique_ptr<Segment>>;

  Status adopt_folder(std::shared_ptr<Folder> folder);
  void load(const std::shared_ptr<Folder>& folder, uint32_t number);
  Status begin_segment(double wall_ms);
  Status make_room(uint64_t wanted, std::vector<Lost>& lost);
  /// Gives up a whole segment.
  void give_up(Handle handle, LossReason reason, std::vector<Lost>& lost);
  /// Forgets all of the own folder, which is gone.
  void lose_folder(std::vector<Lost>& lost);
  void remove(Handle handle);

  Disk& disk_;
  std::string root_;
  TableLimits limits_;
  Segments segments_;
  std::shared_ptr<Folder> own_;
  Handle active_ = 0;
  Handle next_handle_ = 1;
  uint64_t bytes_ = 0;
  uint64_t damaged_rows_ = 0;
  uint64_t torn_bytes_ = 0;
  uint64_t left_segments_ = 0;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_SEGMENT_TABLE_H
