// A place in the journal: a segment, and an index in it, from which it can be found again in a compacted file.
#include "journal/journal_reader.h"

#include <errno.h>

#include <mutex>
#include <new>

namespace piste::native {

JournalReader::JournalReader(Journal& journal, RowId from)
    : journal_(journal), handle_(handle_of(from)), next_index_(index_of(from)) {}

JournalReader::~JournalReader() { close(); }

Status JournalReader::next() noexcept {
  if (journal_.fork_mark_.is_child()) return Status::forked;
  try {
    return step();
  } catch (const std::bad_alloc&) {
    return Status::no_memory;
  } catch (...) {
    return Status::failed;
  }
}

Status JournalReader::step() {
  for (;;) {
    uint64_t end = 0;
    bool is_sealed = false;
    const Status status = look(end, is_sealed);
    if (status != Status::ok) return status;
    const RecordWalk::Step step = walk_->next(end);
    const std::lock_guard<std::mutex> lock(journal_.mutex_);
    if (step == RecordWalk::Step::row) {
      if (walk_->index() < next_index_) continue;
      index_ = walk_->index();
      journal_.table_.miss(handle_, next_index_, index_);
      next_index_ = index_ + 1;
      const Segment* const segment = journal_.table_.find(handle_);
      if (segment != nullptr && !segment->marks().is_marked(index_)) return Status::ok;
    } else if (step == RecordWalk::Step::end && !is_sealed) {
      return Status::end;
    } else {
      const Segment* const segment = journal_.table_.find(handle_);
      const bool is_whole = step == RecordWalk::Step::end;
      if (is_whole && segment != nullptr) journal_.table_.miss(handle_, next_index_, segment->rows());
      close();
      handle_++;
      next_index_ = 0;
      if (!is_whole) return Status::failed;
    }
  }
}

Status JournalReader::look(uint64_t& end, bool& is_sealed) {
  const std::lock_guard<std::mutex> lock(journal_.mutex_);
  SegmentTable& table = journal_.table_;
  const Handle found = table.at_or_after(handle_);
  if (found == 0) return Status::end;
  Segment& segment = *table.find(found);
  if (found != handle_) next_index_ = 0;
  if (found != handle_ || segment.generation() != generation_) close();
  handle_ = found;
  generation_ = segment.generation();
  end = segment.bytes();
  is_sealed = segment.is_sealed();
  if (fd_ >= 0) return Status::ok;
  const int fd = segment.duplicate();
  if (segment.is_sealed()) segment.close();
  if (fd < 0) {
    // A file that is gone has no rows any more.
    if (fd == -ENOENT) table.miss(found, next_index_, segment.rows());
    handle_++;
    next_index_ = 0;
    return status_of(-fd);
  }
  fd_ = fd;
  walk_.emplace(journal_.disk_, fd_, segment.head_bytes());
  return Status::ok;
}

void JournalReader::close() {
  if (fd_ >= 0) journal_.disk_.close(fd_);
  fd_ = -1;
  walk_.reset();
}

}  // namespace piste::native
