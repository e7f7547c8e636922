// The sub-directory of one journal: it belongs to whoever has its lock, and outlives its owner.
#ifndef PISTE_NATIVE_JOURNAL_FOLDER_H
#define PISTE_NATIVE_JOURNAL_FOLDER_H

#include <stdint.h>

#include <memory>
#include <string>
#include <vector>

#include "journal/disk.h"
#include "journal/status.h"

namespace piste::native {

/// A folder that is locked as long as this object lives. The lock is the kernel's (flock), so it ends with the process,
/// however that ends. A child of the process shares the lock until it runs another program, closes its copy, or ends.
class Folder {
 public:
  /// Makes a folder under `root`, and `root` itself if only that is missing. Throws std::bad_alloc, as all of these.
  static Status make(Disk& disk, const std::string& root, std::shared_ptr<Folder>& made);
  /// Names of all folders of journals under `root`.
  static Status list(Disk& disk, const std::string& root, std::vector<std::string>& names);
  /// Takes a folder whose owner is gone; null if it is not to be had.
  static std::shared_ptr<Folder> take(Disk& disk, const std::string& root, const std::string& name);

  Folder(Disk& disk, std::string root, std::string name, int fd);
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  /// Gives the lock back, and leaves the folder as it is.
  ~Folder();

  int fd() const { return fd_; }
  /// Numbers of its segments, in order. Removes what a compaction has left unfinished.
  Status segments(std::vector<uint32_t>& numbers);
  /// A number above all that it has had.
  uint32_t next_number() { return next_number_++; }
  /// Removes the folder if it is empty.
  void remove();

  /// A name in it is new, and may not be on the disk yet.
  void touch() { is_touched_ = true; }
  /// Adds what has to be synced so that all its names are on the disk; the descriptors are the caller's.
  void add_unsynced(std::vector<int>& fds);

 private:
  Disk& disk_;
  std::string root_;
  std::string name_;
  int fd_;
  uint32_t next_number_ = 1;
  bool is_touched_ = true;
  bool is_new_ = true;
};

/// Of a segment: eight hexadecimal digits, ".rows".
std::string segment_name(uint32_t number);
/// The same while compaction writes it.
std::string unfinished_name(uint32_t number);

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_FOLDER_H
