// Segments by their handles. What belongs to a folder is found by the folder that each segment has.
#include "journal/segment_table.h"

#include <algorithm>
#include <utility>

#include "journal/limits.h"

namespace piste::native {

SegmentTable::SegmentTable(Disk& disk, std::string root, TableLimits limits)
    : disk_(disk), root_(std::move(root)), limits_(limits) {}

Status SegmentTable::adopt() {
  std::vector<std::string> names;
  const Status listed = Folder::list(disk_, root_, names);
  if (listed != Status::ok) return listed;
  Status status = Status::ok;
  for (const std::string& name : names) {
    std::shared_ptr<Folder> folder = Folder::take(disk_, root_, name);
    if (!folder) continue;
    const Status adopted = adopt_folder(std::move(folder));
    if (adopted != Status::ok) status = adopted;
  }
  return status;
}

Status SegmentTable::adopt_folder(std::shared_ptr<Folder> folder) {
  std::vector<uint32_t> numbers;
  const Status status = folder->segments(numbers);
  if (status != Status::ok) return status;
  // Readers go by handles: what is appended from here on comes after what is adopted.
  if (!numbers.empty()) seal_active();
  for (const uint32_t number : numbers) load(folder, number);
  // The first one is gone on with, so that a process which starts again and again does not leave more and more.
  if (!own_) {
    own_ = std::move(folder);
  } else if (folder.use_count() == 1) {
    folder->remove();
  }
  return Status::ok;
}

void SegmentTable::load(const std::shared_ptr<Folder>& folder, uint32_t number) {
  auto segment = std::make_unique<Segment>(disk_, folder, number);
  if (segment->load() != Status::ok) {
    left_segments_++;
    return;
  }
  torn_bytes_ += segment->torn_bytes();
  if (segment->pending() == 0) {
    segment->remove();
    return;
  }
  const uint64_t bytes = segment->bytes();
  segments_.emplace(next_handle_, std::move(segment));
  next_handle_++;
  bytes_ += bytes;
}

Status SegmentTable::append(std::string_view row, double wall_ms, RowId& id, std::vector<Lost>& lost) {
  const Segment* full = find(active_);
  if (full != nullptr && (full->bytes() >= limits_.segment_bytes || full->rows() == kMostRows)) seal_active();
  const uint64_t size = kRecordHeadBytes + row.size();
  Status status = make_room(size, lost);
  if (status == Status::ok && active_ == 0) status = begin_segment(wall_ms);
  Segment* const segment = find(active_);
  if (status == Status::ok) status = segment->append(row, wall_ms);
  if (status == Status::missing) {
    lose_folder(lost);
  } else if (status == Status::ok) {
    id = row_id(active_, segment->rows() - 1);
    bytes_ += size;
  } else if (segment != nullptr && (segment->is_broken() || segment->pending() == 0)) {
    // If all of it is done it goes, and its room may be what the next row needs.
    seal_active();
  }
  return status;
}

Status SegmentTable::make_room(uint64_t wanted, std::vector<Lost>& lost) {
  if (kHeadBytes + wanted > limits_.most_bytes) return Status::too_large;
  while (bytes_ + wanted + (active_ == 0 ? kHeadBytes : 0) > limits_.most_bytes && !segments_.empty()) {
    give_up(segments_.begin()->first, LossReason::evicted, lost);
  }
  return Status::ok;
}

Status SegmentTable::prepare() { return own_ ? Status::ok : Folder::make(disk_, root_, own_); }

Status SegmentTable::begin_segment(double wall_ms) {
  const Status prepared = prepare();
  if (prepared != Status::ok) return prepared;
  auto segment = std::make_unique<Segment>(disk_, own_, own_->next_number());
  const Status status = segment->create(wall_ms);
  if (status != Status::ok) return status;
  const uint64_t bytes = segment->bytes();
  segments_.emplace(next_handle_, std::move(segment));
  active_ = next_handle_++;
  bytes_ += bytes;
  return Status::ok;
}

Status SegmentTable::mark(const RowId* ids, size_t count) {
  Status status = Status::ok;
  for (size_t i = 0; i < count;) {
    const Handle handle = handle_of(ids[i]);
    Segment* const segment = find(handle);
    uint32_t first = kMostRows;
    uint32_t last = 0;
    // Those of one segment that stand together are one write.
    for (; i < count && handle_of(ids[i]) == handle; i++) {
      if (segment == nullptr || !segment->mark(index_of(ids[i]))) continue;
      first = std::min(first, index_of(ids[i]));
      last = std::max(last, index_of(ids[i]));
    }
    if (segment == nullptr) continue;
    if (segment->pending() == 0 && handle != active_) {
      remove(handle);
    } else if (first <= last) {
      const Status written = segment->write_marks(first, last);
      if (written != Status::ok) status = written;
      if (handle != active_) segment->close();
    }
  }
  return status;
}

void SegmentTable::expire(double oldest_ms, std::vector<Lost>& lost) {
  for (Handle handle = at_or_after(0); handle != 0; handle = at_or_after(handle + 1)) {
    const Segment& segment = *find(handle);
    if (segment.rows() > 0 && segment.newest_ms() < oldest_ms) give_up(handle, LossReason::expired, lost);
  }
}

void SegmentTable::miss(Handle handle, uint32_t begin, uint32_t end) {
  Segment* const segment = find(handle);
  if (segment == nullptr || begin >= end) return;
  uint32_t missed = 0;
  for (uint32_t i = begin; i < end; i++) missed += segment->mark(i) ? 1 : 0;
  damaged_rows_ += missed;
  if (segment->pending() == 0 && handle != active_) {
    remove(handle);
  } else if (missed > 0) {
    // If it fails they are missed again after the next start.
    static_cast<void>(segment->write_marks(begin, end - 1));
  }
}

void SegmentTable::close() {
  seal_active();
  if (own_ && std::none_of(segments_.begin(), segments_.end(),
                           [&](const auto& each) { return &each.second->folder() == own_.get(); })) {
    own_->remove();
  }
}

void SegmentTable::seal_active() {
  if (active_ == 0) return;
  const Handle handle = std::exchange(active_, 0);
  Segment& segment = *find(handle);
  if (segment.pending() == 0) {
    remove(handle);
  } else {
    segment.seal();
  }
}

Handle SegmentTable::wasteful() {
  uint64_t dead = 0;
  uint64_t most = 0;
  Handle found = 0;
  for (const auto& [handle, segment] : segments_) {
    const uint64_t bytes = segment->dead_bytes();
    dead += bytes;
    if (bytes > most) found = handle;
    most = std::max(most, bytes);
  }
  if (dead <= limits_.segment_bytes / kDeadPart || dead * kDeadPart <= bytes_ - dead) return 0;
  if (found == active_) seal_active();
  return find(found) == nullptr ? 0 : found;
}

Status SegmentTable::replace(Handle handle, int unfinished_fd, const Copied& copied) {
  Segment& segment = *find(handle);
  const uint64_t before = segment.bytes();
  const Status status = segment.replace(unfinished_fd, copied);
  bytes_ = bytes_ - before + segment.bytes();
  return status;
}

Segment* SegmentTable::find(Handle handle) {
  const auto found = segments_.find(handle);
  return found == segments_.end() ? nullptr : found->second.get();
}

Handle SegmentTable::at_or_after(Handle handle) const {
  const auto found = segments_.lower_bound(handle);
  return found == segments_.end() ? 0 : found->first;
}

Status SegmentTable::take_unsynced(std::vector<int>& fds) {
  for (const auto& [handle, segment] : segments_) {
    if (!segment->take_unsynced()) continue;
    fds.reserve(fds.size() + 1);
    const int fd = segment->duplicate();
    if (fd < 0) {
      segment->set_unsynced();
      return status_of(-fd);
    }
    fds.push_back(fd);
    if (handle != active_) segment->close();
    segment->folder().add_unsynced(fds);
  }
  return Status::ok;
}

uint64_t SegmentTable::pending() const {
  uint64_t pending = 0;
  for (const auto& [handle, segment] : segments_) pending += segment->pending();
  return pending;
}

void SegmentTable::give_up(Handle handle, LossReason reason, std::vector<Lost>& lost) {
  const Segment& segment = *find(handle);
  lost.reserve(lost.size() + segment.pending());
  for (uint32_t i = 0; i < segment.rows(); i++) {
    if (!segment.marks().is_marked(i)) lost.push_back({row_id(handle, i), reason});
  }
  if (handle == active_) active_ = 0;
  remove(handle);
}

void SegmentTable::lose_folder(std::vector<Lost>& lost) {
  const std::shared_ptr<Folder> gone = std::exchange(own_, nullptr);
  for (Handle handle = at_or_after(0); handle != 0; handle = at_or_after(handle + 1)) {
    if (&find(handle)->folder() == gone.get()) give_up(handle, LossReason::removed, lost);
  }
}

void SegmentTable::remove(Handle handle) {
  const auto found = segments_.find(handle);
  const std::shared_ptr<Folder> folder = found->second->shared_folder();
  found->second->remove();
  bytes_ -= found->second->bytes();
  segments_.erase(found);
  // The table's own pointer counts, too.
  if (folder.use_count() == 1) folder->remove();
}

}  // namespace piste::native
