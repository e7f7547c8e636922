// The journal: keeps rows on disk until they are acknowledged, through crashes, full disks and several processes.
#ifndef PISTE_NATIVE_JOURNAL_JOURNAL_H
#define PISTE_NATIVE_JOURNAL_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "journal/disk.h"
#include "journal/fork_mark.h"
#include "journal/limits.h"
#include "journal/segment_table.h"
#include "journal/status.h"

namespace piste::native {

struct JournalOptions {
  /// Shared by any number of journals, of any number of processes, on one machine. Made if only its last part is
  /// missing. Relative to the working directory at the time of open().
  std::string directory;
  /// Of all segments. The oldest rows make room; see append().
  uint64_t most_bytes = kMostBytes;
  /// Age at which rows are given up by tidy(); 0: never.
  double most_age_ms = 0;
  uint32_t segment_bytes = kSegmentBytes;
  /// The file system, which outlives the journal; null: that of the operating system.
  Disk* disk = nullptr;
};

struct Appended {
  Status status = Status::ok;
  RowId id = 0;            ///< 0 unless the status is ok.
  std::vector<Lost> lost;  ///< Also with a status that is not ok. In the order of their ids.
};

struct Tidied {
  Status status = Status::ok;
  bool is_more = false;  ///< Another call would gain more.
  std::vector<Lost> lost;
};

/// Numbers of one moment, of this journal alone.
struct JournalStats {
  uint64_t pending_rows = 0;
  uint64_t disk_bytes = 0;
  uint64_t segments = 0;
  uint64_t damaged_rows = 0;   ///< Found and taken off since it was opened.
  uint64_t torn_bytes = 0;     ///< Cut off behind the last whole row, since it was opened.
  uint64_t left_segments = 0;  ///< Files that are of another version or cannot be read, and are left where they are.
};

/// Rows that are kept until they are acknowledged.
///
/// Durability: when append() has returned, the row survives the end of the process, by SIGKILL, too ("process"); once
/// sync() has returned, all rows appended before it survive the loss of power ("power").
///
/// Threads: any thread may call anything but the destructor, at any time. append() waits for another append() or ack(),
/// but for no fdatasync, and for no copying of tidy().
///
/// Fork: in a child all calls give Status::forked, without waiting for anything, and the destructor leaves all files as
/// they are. Until the child ends, runs another program or destroys its copy of the journal, nobody adopts the rows.
///
/// A directory that is removed while it is in use is noticed after at most 64 rows or a second: then append() gives
/// Status::missing and all that were in it as lost, and the next call begins anew.
///
/// Nothing throws, prints, or handles signals. A host that has a largest file size (RLIMIT_FSIZE) has to ignore
/// SIGXFSZ.
class Journal {
 public:
  /// Opens a journal and adopts what is left of those whose owners are gone. There is a journal whatever the status is,
  /// but for Status::no_memory; if the directory is not usable append() tries again.
  static Status open(const JournalOptions& options, std::unique_ptr<Journal>& journal) noexcept;
  Journal(const JournalOptions& options, std::string directory);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  /// Leaves pending rows for the next owner. No reader may be left.
  ~Journal();

  /// Adds a row of 1 to kMostRowBytes bytes. `wall_ms` is Unix time. If it fails the row is not in the journal, and a
  /// later call may succeed. When most_bytes is reached the oldest segment is given up, at most a quarter of it all:
  /// whoever knows rows that are worth less acknowledges these, and calls tidy(), before it comes to that.
  Appended append(std::string_view row, double wall_ms) noexcept;

  /// These rows are done, and never read again. Best many at once, in the order of their ids. Ids that are unknown,
  /// lost or done already are no mistake. A status that is not ok: some may come again after the next start.
  Status ack(const RowId* ids, size_t count) noexcept;

  /// Waits until all rows appended before are on the disk. Calls of several threads share one fdatasync. If it
  /// fails nobody knows whether those since the last call are, nor will: it fails until there are newer rows to sync.
  Status sync() noexcept;

  /// Adopts rows of journals whose owners have gone since. They are read as if they were appended now. append() waits
  /// while what was not closed is read: a few milliseconds for each of the dead.
  Status adopt() noexcept;

  /// Gives up what is too old, and rewrites at most one segment so that rows which are done give their room back. For a
  /// thread that may wait, each second or so: a few milliseconds of reading, writing and one fdatasync.
  Tidied tidy(double wall_ms) noexcept;

  JournalStats stats() noexcept;

 private:
  friend class JournalReader;

  Status compact(bool& is_more);
  Status sync_files();

  const ForkMark fork_mark_;
  Disk plain_disk_;
  Disk& disk_;
  const double most_age_ms_;
  /// Around all that is in memory, and the writes that go with it.
  std::mutex mutex_;
  SegmentTable table_;
  uint64_t appended_ = 0;
  /// Around a sync; taken before `mutex_`.
  std::mutex sync_mutex_;
  /// So many of the rows appended are on the disk; so many were in a sync that failed.
  uint64_t synced_ = 0;
  uint64_t unsynced_ = 0;
  /// Around a compaction; taken before `mutex_`.
  std::mutex tidy_mutex_;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_JOURNAL_H
