// One file of the journal: appended to, sealed, read, its rows marked as done, made smaller, removed.
#ifndef PISTE_NATIVE_JOURNAL_SEGMENT_H
#define PISTE_NATIVE_JOURNAL_SEGMENT_H

#include <stdint.h>

#include <memory>
#include <string_view>

#include "journal/compaction.h"
#include "journal/disk.h"
#include "journal/folder.h"
#include "journal/format.h"
#include "journal/marks.h"
#include "journal/status.h"

namespace piste::native {

/// Only one of them at a time may be known for a file. All calls come under the journal's lock. Throws std::bad_alloc.
class Segment {
 public:
  Segment(Disk& disk, std::shared_ptr<Folder> folder, uint32_t number);
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;
  ~Segment() { close(); }

  /// Begins a new file. After a failure there is none.
  Status create(double wall_ms);
  /// Reads the head of a file, and all of it if it was not sealed: then its torn tail is cut off, and it is sealed.
  /// Status::failed: it is left alone, since it is of another version or cannot be read.
  Status load();

  /// Writes one row at the end. Status::missing: the file has no name any more, which is noticed after kNameCheckRows
  /// or kNameCheckMs. After any failure the file ends behind the last whole row, unless `is_broken()`.
  Status append(std::string_view row, double wall_ms);
  /// Whether nothing may be appended any more, since what is at the end could not be cut off.
  bool is_broken() const { return is_broken_; }
  /// Nothing is appended from here on.
  void seal();

  /// Marks a row as done; false if it was before, or there is none.
  bool mark(uint32_t index);
  /// Writes the marks from `first` to `last`, both included.
  Status write_marks(uint32_t first, uint32_t last);

  /// What `copy_pending()` needs; the descriptor, or -errno, is the caller's. `copied` gets the size of the new head.
  CopySource source(Copied& copied);
  /// Puts a smaller file, written and synced by `copy_pending()` under `unfinished_name()`, in the place of this one.
  Status replace(int unfinished_fd, const Copied& copied);
  /// Removes the file.
  void remove();

  /// A descriptor of its own for the caller, or -errno.
  int duplicate();
  /// Whether rows may not be on the disk yet; not any more after this.
  bool take_unsynced();
  void set_unsynced() { is_unsynced_ = true; }
  /// Closes the file until it is needed again.
  void close();

  Folder& folder() const { return *folder_; }
  const std::shared_ptr<Folder>& shared_folder() const { return folder_; }
  uint32_t number() const { return number_; }
  const Marks& marks() const { return marks_; }
  bool is_sealed() const { return is_sealed_; }
  /// Changes when the file is another one.
  uint32_t generation() const { return generation_; }
  uint32_t rows() const { return rows_; }
  uint32_t pending() const { return pending_; }
  uint64_t bytes() const { return bytes_; }
  uint32_t head_bytes() const { return description_.head_bytes; }
  double newest_ms() const { return newest_ms_; }
  uint64_t torn_bytes() const { return torn_bytes_; }
  /// What rows that are done take: an estimate, as if all were of one size.
  uint64_t dead_bytes() const;

 private:
  int fd();
  /// Whether the file has lost its name; looks only now and then.
  bool is_nameless(int file, double wall_ms);
  /// Counts the rows of a file that was not sealed.
  Status scan(uint64_t size, double changed_ms);
  Status read_head(uint64_t& size, double& changed_ms, bool& is_whole);

  Disk& disk_;
  std::shared_ptr<Folder> folder_;
  uint32_t number_;
  int fd_ = -1;
  Description description_;
  Marks marks_;
  uint32_t rows_ = 0;
  uint32_t records_ = 0;
  uint32_t pending_ = 0;
  uint32_t generation_ = 0;
  uint64_t bytes_ = 0;
  uint64_t torn_bytes_ = 0;
  double newest_ms_ = 0;
  double name_checked_ms_ = 0;
  bool is_sealed_ = false;
  bool is_broken_ = false;
  bool is_unsynced_ = false;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_SEGMENT_H
