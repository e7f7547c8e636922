// The calls of POSIX.
#include "journal/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace piste::native {
namespace {

/// Calls again after a signal; gives -errno.
template <typename Call>
auto tried(Call call) -> decltype(call()) {
  for (;;) {
    const auto result = call();
    if (result >= 0) return result;
    if (errno != EINTR) return -errno;
  }
}

/// Rows may tell about people: they are for the user alone.
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;

FileFacts read_facts(const struct stat& found) {
  return {static_cast<uint64_t>(found.st_size), found.st_nlink, found.st_dev, found.st_ino,
          static_cast<double>(found.st_mtime) * 1000};
}

}  // namespace

int Disk::make_folder(const std::string& path) {
  return tried([&] { return ::mkdir(path.c_str(), kFolderMode); });
}

int Disk::open_folder(const std::string& path) {
  return tried([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW); });
}

int Disk::remove_folder(const std::string& path) {
  return tried([&] { return ::rmdir(path.c_str()); });
}

int Disk::list(const std::string& path, std::vector<std::string>& names) {
  DIR* const folder = ::opendir(path.c_str());
  if (folder == nullptr) return -errno;
  errno = 0;
  while (const dirent* entry = ::readdir(folder)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    errno = 0;
  }
  const int error = errno;
  ::closedir(folder);
  return -error;
}

int Disk::lock(int fd) {
  return tried([&] { return ::flock(fd, LOCK_EX | LOCK_NB); });
}

int Disk::open(int folder, const std::string& name) {
  return tried([&] { return ::openat(folder, name.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW); });
}

int Disk::create(int folder, const std::string& name) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  return tried([&] { return ::openat(folder, name.c_str(), kFlags, kFileMode); });
}

int Disk::remove(int folder, const std::string& name) {
  return tried([&] { return ::unlinkat(folder, name.c_str(), 0); });
}

int Disk::rename(int folder, const std::string& from, const std::string& to) {
  return tried([&] { return ::renameat(folder, from.c_str(), folder, to.c_str()); });
}

int Disk::duplicate(int fd) {
  return tried([&] { return ::fcntl(fd, F_DUPFD_CLOEXEC, 0); });
}

void Disk::close(int fd) { ::close(fd); }

int64_t Disk::write_at(int fd, std::string_view head, std::string_view body, uint64_t offset) {
  // writev() does not write to what it is given.
  const iovec parts[2] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
  return tried([&] { return static_cast<int64_t>(::pwritev(fd, parts, 2, static_cast<off_t>(offset))); });
}

int64_t Disk::read_at(int fd, char* to, size_t size, uint64_t offset) {
  size_t done = 0;
  while (done < size) {
    const int64_t got = tried(
        [&] { return static_cast<int64_t>(::pread(fd, to + done, size - done, static_cast<off_t>(offset + done))); });
    if (got < 0) return got;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return static_cast<int64_t>(done);
}

int Disk::truncate(int fd, uint64_t size) {
  return tried([&] { return ::ftruncate(fd, static_cast<off_t>(size)); });
}

int Disk::sync(int fd) {
#if defined(__APPLE__)
  // fsync() stops at the drive's cache there.
  return tried([&] { return ::fcntl(fd, F_FULLFSYNC); });
#else
  return tried([&] { return ::fdatasync(fd); });
#endif
}

int Disk::facts(int fd, FileFacts& facts) {
  struct stat found {};
  const int error = tried([&] { return ::fstat(fd, &found); });
  if (error >= 0) facts = read_facts(found);
  return error;
}

int Disk::facts_of(const std::string& path, FileFacts& facts) {
  struct stat found {};
  const int error = tried([&] { return ::lstat(path.c_str(), &found); });
  if (error >= 0) facts = read_facts(found);
  return error;
}

}  // namespace piste::native
