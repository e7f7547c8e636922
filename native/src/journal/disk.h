// The file system as the journal sees it: an interface, so that tests can make any call fail.
#ifndef PISTE_NATIVE_JOURNAL_DISK_H
#define PISTE_NATIVE_JOURNAL_DISK_H

#include <stddef.h>
#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

namespace piste::native {

/// What is known of an open file.
struct FileFacts {
  uint64_t size = 0;
  uint64_t links = 0;   ///< 0: it has no name any more.
  uint64_t device = 0;  ///< With the inode it tells files apart.
  uint64_t inode = 0;
  double changed_ms = 0;  ///< Unix time of the last write.
};

/// The POSIX calls that are needed, restarted after a signal. What returns an int gives -errno on failure. Names are
/// relative to a folder that is open. Without state; may be called by several threads at once.
class Disk {
 public:
  Disk() = default;
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  virtual ~Disk() = default;

  /// Makes the folder `path`; its parent exists. -EEXIST if there is one.
  virtual int make_folder(const std::string& path);
  virtual int open_folder(const std::string& path);
  virtual int remove_folder(const std::string& path);
  /// Names in a folder, in no order.
  virtual int list(const std::string& path, std::vector<std::string>& names);
  /// Locks what `fd` is open on until all copies of it are closed; -EWOULDBLOCK if another has the lock.
  virtual int lock(int fd);

  /// Opens for reading and writing.
  virtual int open(int folder, const std::string& name);
  /// The same of a file that is new, or empty from now on.
  virtual int create(int folder, const std::string& name);
  virtual int remove(int folder, const std::string& name);
  virtual int rename(int folder, const std::string& from, const std::string& to);
  virtual int duplicate(int fd);
  virtual void close(int fd);

  /// Returns how many bytes were written, of both together.
  virtual int64_t write_at(int fd, std::string_view head, std::string_view body, uint64_t offset);
  /// Returns how many bytes were read; fewer than asked for only at the end of the file.
  virtual int64_t read_at(int fd, char* to, size_t size, uint64_t offset);
  virtual int truncate(int fd, uint64_t size);
  /// Data, and what is needed to find them, are on the disk afterwards.
  virtual int sync(int fd);
  virtual int facts(int fd, FileFacts& facts);
  /// The same by name.
  virtual int facts_of(const std::string& path, FileFacts& facts);
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_DISK_H
