// Locks, forks and memory that runs out, around the table of segments; syncing and compaction, which wait for the disk.
#include "journal/journal.h"

#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>

#include "journal/compaction.h"
#include "journal/format.h"

namespace piste::native {
namespace {

/// Runs what may throw, and gives a status. The standard library throws when memory has run out.
template <typename Call>
Status guarded(Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return Status::no_memory;
  } catch (...) {
    return Status::failed;
  }
}

/// So that a host may change its working directory.
std::string absolute(const std::string& path) {
  if (!path.empty() && path[0] == '/') return path;
  char here[PATH_MAX];
  return getcwd(here, sizeof here) == nullptr ? path : std::string(here) + "/" + path;
}

TableLimits limits_of(const JournalOptions& options) {
  const uint64_t part = options.most_bytes / kCapPart;
  const auto segment_bytes = static_cast<uint32_t>(std::min<uint64_t>(options.segment_bytes, part));
  return {options.most_bytes, segment_bytes};
}

/// A descriptor that is closed at the end of its scope.
class OpenFile {
 public:
  OpenFile(Disk& disk, int fd) : disk_(disk), fd_(fd) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (fd_ >= 0) disk_.close(fd_);
  }
  int fd() const { return fd_; }

 private:
  Disk& disk_;
  int fd_;
};

}  // namespace

Status Journal::open(const JournalOptions& options, std::unique_ptr<Journal>& journal) noexcept {
  return guarded([&] {
    journal.reset();
    journal = std::make_unique<Journal>(options, absolute(options.directory));
    const Status status = journal->table_.adopt();
    // A directory that cannot be written to, or be made, is told at once.
    return status == Status::ok || status == Status::missing ? journal->table_.prepare() : status;
  });
}

Journal::Journal(const JournalOptions& options, std::string directory)
    : disk_(options.disk != nullptr ? *options.disk : plain_disk_),
      most_age_ms_(options.most_age_ms),
      table_(disk_, std::move(directory), limits_of(options)) {}

Journal::~Journal() {
  if (!fork_mark_.is_child()) static_cast<void>(guarded([&] { return table_.close(), Status::ok; }));
}

Appended Journal::append(std::string_view row, double wall_ms) noexcept {
  Appended appended;
  appended.status = guarded([&] {
    if (fork_mark_.is_child()) return Status::forked;
    if (row.empty() || row.size() > kMostRowBytes) return Status::too_large;
    const std::lock_guard<std::mutex> lock(mutex_);
    const Status status = table_.append(row, wall_ms, appended.id, appended.lost);
    if (status == Status::ok) appended_++;
    return status;
  });
  return appended;
}

Status Journal::ack(const RowId* ids, size_t count) noexcept {
  if (fork_mark_.is_child()) return Status::forked;
  return guarded([&] {
    const std::lock_guard<std::mutex> lock(mutex_);
    return table_.mark(ids, count);
  });
}

Status Journal::sync() noexcept {
  if (fork_mark_.is_child()) return Status::forked;
  return guarded([&] {
    uint64_t wanted = 0;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      wanted = appended_;
    }
    const std::lock_guard<std::mutex> sync_lock(sync_mutex_);
    // While this thread waited, the sync of another may have covered its rows.
    if (synced_ >= wanted) return Status::ok;
    return unsynced_ >= wanted ? Status::failed : sync_files();
  });
}

Status Journal::sync_files() {
  std::vector<int> fds;
  uint64_t covered = 0;
  Status status = Status::ok;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    status = table_.take_unsynced(fds);
    covered = appended_;
  }
  for (const int fd : fds) {
    const int error = disk_.sync(fd);
    if (error < 0) status = status_of(-error);
    disk_.close(fd);
  }
  if (status == Status::ok) {
    synced_ = covered;
  } else {
    // What the kernel could not write it may have dropped, and would call it written the next time: nothing more is
    // built on that file.
    unsynced_ = covered;
    const std::lock_guard<std::mutex> lock(mutex_);
    table_.seal_active();
  }
  return status;
}

Status Journal::adopt() noexcept {
  if (fork_mark_.is_child()) return Status::forked;
  return guarded([&] {
    const std::lock_guard<std::mutex> lock(mutex_);
    return table_.adopt();
  });
}

Tidied Journal::tidy(double wall_ms) noexcept {
  Tidied tidied;
  tidied.status = guarded([&] {
    if (fork_mark_.is_child()) return Status::forked;
    if (most_age_ms_ > 0) {
      const std::lock_guard<std::mutex> lock(mutex_);
      table_.expire(wall_ms - most_age_ms_, tidied.lost);
    }
    const std::lock_guard<std::mutex> tidy_lock(tidy_mutex_);
    return compact(tidied.is_more);
  });
  return tidied;
}

Status Journal::compact(bool& is_more) {
  std::unique_lock<std::mutex> lock(mutex_);
  const Handle handle = table_.wasteful();
  if (handle == 0) return Status::ok;
  Segment* segment = table_.find(handle);
  const std::shared_ptr<Folder> folder = segment->shared_folder();
  const std::string name = unfinished_name(segment->number());
  Copied copied;
  const CopySource source = segment->source(copied);
  const OpenFile from(disk_, source.fd);
  segment->close();
  lock.unlock();
  if (from.fd() < 0) return status_of(-from.fd());

  const OpenFile to(disk_, disk_.create(folder->fd(), name));
  if (to.fd() < 0) return status_of(-to.fd());
  Status status = copy_pending(disk_, source, to.fd(), copied);

  lock.lock();
  segment = table_.find(handle);
  if (status == Status::ok && segment != nullptr) status = table_.replace(handle, to.fd(), copied);
  if (status != Status::ok || segment == nullptr) disk_.remove(folder->fd(), name);
  is_more = status == Status::ok && table_.wasteful() != 0;
  return status;
}

JournalStats Journal::stats() noexcept {
  JournalStats stats;
  if (fork_mark_.is_child()) return stats;
  const std::lock_guard<std::mutex> lock(mutex_);
  stats.pending_rows = table_.pending();
  stats.disk_bytes = table_.bytes();
  stats.segments = table_.segments();
  stats.damaged_rows = table_.damaged_rows();
  stats.torn_bytes = table_.torn_bytes();
  stats.left_segments = table_.left_segments();
  return stats;
}

}  // namespace piste::native
