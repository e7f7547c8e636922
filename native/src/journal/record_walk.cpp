// Reads in large pieces, trusts a size only under its checksum, and searches where there is none to trust.
#include "journal/record_walk.h"

#include <errno.h>

#include <algorithm>

#include "journal/crc32c.h"
#include "journal/limits.h"

namespace piste::native {

RecordWalk::RecordWalk(Disk& disk, int fd, uint32_t head_bytes)
    : disk_(disk), fd_(fd), at_(head_bytes), whole_end_(head_bytes) {}

RecordWalk::Step RecordWalk::next(uint64_t end) {
  while (at_ < end) {
    const uint64_t begin = at_;
    switch (look(end)) {
      case Found::whole:
        at_ = begin + kRecordHeadBytes + head_.size;
        whole_end_ = at_;
        if (head_.type == kRowType) return Step::row;
        break;
      case Found::damaged:
        at_ = begin + kRecordHeadBytes + head_.size;
        break;
      case Found::nothing:
        at_ = begin + 1;
        if (!seek(end)) at_ = end;
        break;
      case Found::failed:
        return Step::failed;
    }
    if (error_ != 0) return Step::failed;
  }
  return Step::end;
}

RecordWalk::Found RecordWalk::look(uint64_t end) {
  if (end - at_ < kRecordHeadBytes) return Found::nothing;
  const char* bytes = load(kRecordHeadBytes, end);
  if (bytes == nullptr) return Found::failed;
  if (!read_record_head(bytes, head_) || end - at_ - kRecordHeadBytes < head_.size) return Found::nothing;
  bytes = load(kRecordHeadBytes + head_.size, end);
  if (bytes == nullptr) return Found::failed;
  row_ = {bytes + kRecordHeadBytes, head_.size};
  return crc32c(row_.data(), row_.size()) == head_.checksum ? Found::whole : Found::damaged;
}

bool RecordWalk::seek(uint64_t end) {
  RecordHead head;
  for (; at_ + kRecordHeadBytes <= end; at_++) {
    const char* const bytes = load(kRecordHeadBytes, end);
    if (bytes == nullptr) return false;
    if (bytes[3] == kRowType && read_record_head(bytes, head)) return true;
  }
  return false;
}

const char* RecordWalk::load(uint32_t size, uint64_t end) {
  if (at_ < buffer_at_ || at_ + size > buffer_at_ + buffer_size_) {
    const auto wanted = static_cast<uint32_t>(std::min<uint64_t>(end - at_, std::max(size, kReadBytes)));
    if (buffer_.size() < wanted) buffer_.resize(wanted);
    const int64_t got = disk_.read_at(fd_, buffer_.data(), wanted, at_);
    buffer_at_ = at_;
    buffer_size_ = got < 0 ? 0 : static_cast<uint32_t>(got);
    // A file that is shorter than it should be was cut by somebody else.
    if (buffer_size_ < size) error_ = got < 0 ? static_cast<int>(-got) : EIO;
    if (error_ != 0) return nullptr;
  }
  return buffer_.data() + (at_ - buffer_at_);
}

}  // namespace piste::native
