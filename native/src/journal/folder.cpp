// Folders under locks: made, taken over, and removed without a moment in which two have one, or one is lost.
#include "journal/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace piste::native {
namespace {

constexpr char kPrefix[] = "piste-";
constexpr char kEnd[] = ".rows";
constexpr char kUnfinishedEnd[] = ".new";
constexpr size_t kDigits = 8;
/// Somebody who adopts may get in the way of one who makes a folder, but not again and again.
constexpr int kAttempts = 100;

/// Differs from all names of other processes, and of this one before.
std::string new_name() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  char name[64];
  snprintf(name, sizeof name, "%s%llx-%08lx-%lx", kPrefix, static_cast<unsigned long long>(now.tv_sec),
           static_cast<unsigned long>(now.tv_nsec), static_cast<unsigned long>(getpid()));
  return name;
}

std::string numbered(uint32_t number, const char* end) {
  char name[32];
  snprintf(name, sizeof name, "%08x%s", static_cast<unsigned>(number), end);
  return name;
}

/// Reads a name that `numbered` made; 0 if it is none.
uint32_t number_of(const std::string& name, const char* end) {
  const bool is_form = name.size() > kDigits && name.compare(kDigits, std::string::npos, end) == 0;
  if (!is_form || name.find_first_not_of("0123456789abcdef") != kDigits) return 0;
  return static_cast<uint32_t>(strtoul(name.c_str(), nullptr, 16));
}

bool is_ours(const std::string& name) { return name.compare(0, sizeof kPrefix - 1, kPrefix) == 0; }

std::string path_of(const std::string& root, const std::string& name) {
  std::string path = root;
  return path.append("/").append(name);
}

/// Opens and locks a folder. 0, and no folder, if another has it or it has been removed meanwhile.
int open_locked(Disk& disk, const std::string& root, const std::string& name, std::shared_ptr<Folder>& folder) {
  const std::string path = path_of(root, name);
  const int fd = disk.open_folder(path);
  if (fd < 0) return fd == -ENOENT || fd == -ENOTDIR ? 0 : fd;
  auto opened = std::make_shared<Folder>(disk, root, name, fd);
  const int error = disk.lock(fd);
  if (error < 0) return error == -EWOULDBLOCK ? 0 : error;
  // Its owner may have removed it between our opening and locking it.
  FileFacts locked;
  FileFacts named;
  const bool is_same = disk.facts(fd, locked) >= 0 && disk.facts_of(path, named) >= 0 && locked.inode == named.inode &&
                       locked.device == named.device;
  if (is_same) folder = std::move(opened);
  return 0;
}

/// Adds a descriptor for `path`, if it can be opened.
void add_folder(Disk& disk, const std::string& path, std::vector<int>& fds) {
  fds.reserve(fds.size() + 1);
  const int fd = disk.open_folder(path);
  if (fd >= 0) fds.push_back(fd);
}

}  // namespace

Status Folder::make(Disk& disk, const std::string& root, std::shared_ptr<Folder>& made) {
  for (int i = 0; i < kAttempts; i++) {
    const std::string name = new_name();
    const std::string path = path_of(root, name);
    int error = disk.make_folder(path);
    if (error == -ENOENT) {
      error = disk.make_folder(root);
      if (error < 0 && error != -EEXIST) return status_of(-error);
      continue;
    }
    if (error == -EEXIST) continue;
    if (error < 0) return status_of(-error);
    error = open_locked(disk, root, name, made);
    if (error < 0) {
      disk.remove_folder(path);
      return status_of(-error);
    }
    if (made) return Status::ok;
  }
  return Status::failed;
}

Status Folder::list(Disk& disk, const std::string& root, std::vector<std::string>& names) {
  const int error = disk.list(root, names);
  names.erase(std::remove_if(names.begin(), names.end(), [](const std::string& name) { return !is_ours(name); }),
              names.end());
  // Their names begin with the time at which they were made.
  std::sort(names.begin(), names.end());
  return error < 0 ? status_of(-error) : Status::ok;
}

std::shared_ptr<Folder> Folder::take(Disk& disk, const std::string& root, const std::string& name) {
  std::shared_ptr<Folder> folder;
  open_locked(disk, root, name, folder);
  return folder;
}

Folder::Folder(Disk& disk, std::string root, std::string name, int fd)
    : disk_(disk), root_(std::move(root)), name_(std::move(name)), fd_(fd) {}

Folder::~Folder() { disk_.close(fd_); }

Status Folder::segments(std::vector<uint32_t>& numbers) {
  std::vector<std::string> names;
  const int error = disk_.list(path_of(root_, name_), names);
  if (error < 0) return status_of(-error);
  for (const std::string& name : names) {
    if (number_of(name, kUnfinishedEnd) != 0) disk_.remove(fd_, name);
    const uint32_t number = number_of(name, kEnd);
    if (number != 0) numbers.push_back(number);
    next_number_ = std::max(next_number_, number + 1);
  }
  std::sort(numbers.begin(), numbers.end());
  return Status::ok;
}

void Folder::remove() { disk_.remove_folder(path_of(root_, name_)); }

void Folder::add_unsynced(std::vector<int>& fds) {
  if (is_touched_) add_folder(disk_, path_of(root_, name_), fds);
  if (is_new_) {
    add_folder(disk_, root_ + "/.", fds);
    add_folder(disk_, root_ + "/..", fds);
  }
  is_touched_ = false;
  is_new_ = false;
}

std::string segment_name(uint32_t number) { return numbered(number, kEnd); }

std::string unfinished_name(uint32_t number) { return numbered(number, kUnfinishedEnd); }

}  // namespace piste::native
