// A segment's file, and what is known of it in memory.
#include "journal/segment.h"

#include <errno.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "journal/limits.h"
#include "journal/record_walk.h"

namespace piste::native {
namespace {

/// Writes all of `bytes`, or fails.
Status write_all(Disk& disk, int fd, std::string_view bytes, uint64_t offset) {
  const int64_t written = disk.write_at(fd, bytes, {}, offset);
  if (written < 0) return status_of(static_cast<int>(-written));
  return static_cast<size_t>(written) == bytes.size() ? Status::ok : Status::no_space;
}

}  // namespace

Segment::Segment(Disk& disk, std::shared_ptr<Folder> folder, uint32_t number)
    : disk_(disk), folder_(std::move(folder)), number_(number) {}

Status Segment::create(double wall_ms) {
  std::string head(kHeadBytes, '\0');
  description_.created_ms = wall_ms;
  write_description(description_, head.data());
  const int opened = disk_.create(folder_->fd(), segment_name(number_));
  if (opened < 0) return status_of(-opened);
  fd_ = opened;
  const Status status = write_all(disk_, fd_, head, 0);
  if (status != Status::ok) {
    remove();
    return status;
  }
  bytes_ = kHeadBytes;
  folder_->touch();
  return Status::ok;
}

Status Segment::load() {
  uint64_t size = 0;
  double changed_ms = 0;
  bool is_whole = false;
  const Status status = read_head(size, changed_ms, is_whole);
  if (status != Status::ok) return status;
  bytes_ = size;
  if (!is_sealed_ && is_whole) {
    const Status scanned = scan(size, changed_ms);
    if (scanned != Status::ok) return scanned;
  }
  pending_ = rows_ - marks_.count(rows_);
  if (!is_sealed_) seal();
  close();
  return Status::ok;
}

Status Segment::read_head(uint64_t& size, double& changed_ms, bool& is_whole) {
  FileFacts facts;
  const int opened = fd();
  if (opened < 0) return Status::failed;
  std::string head(kHeadBytes, '\0');
  const int64_t got = disk_.read_at(opened, head.data(), head.size(), 0);
  if (got < 0 || disk_.facts(opened, facts) < 0) return Status::failed;
  // A description that is damaged says nothing, also not that it is of another version.
  const bool is_described = read_description(head.data(), description_);
  if (is_described && description_.version != kFormatVersion) return Status::failed;
  Seal seal;
  is_sealed_ = read_seal(head.data() + kSealOffset, seal);
  if (!is_described) description_.head_bytes = seal.head_bytes;
  const uint32_t head_bytes = description_.head_bytes;
  rows_ = seal.rows;
  records_ = seal.records;
  newest_ms_ = seal.newest_ms;
  marks_.read(std::string_view(head).substr(kMarksOffset, head_bytes - kMarksOffset));
  size = facts.size;
  changed_ms = facts.changed_ms;
  is_whole = size >= head_bytes;
  return Status::ok;
}

Status Segment::scan(uint64_t size, double changed_ms) {
  RecordWalk walk(disk_, fd_, description_.head_bytes);
  RecordWalk::Step step = walk.next(size);
  for (; step == RecordWalk::Step::row; step = walk.next(size)) {
    rows_ = std::max(rows_, walk.index() + 1);
    records_++;
  }
  if (step == RecordWalk::Step::failed) return Status::failed;
  newest_ms_ = changed_ms;
  torn_bytes_ = size - walk.whole_end();
  // If this fails the tail stays, and is passed over by every reader.
  if (torn_bytes_ > 0 && disk_.truncate(fd_, walk.whole_end()) >= 0) bytes_ = walk.whole_end();
  return Status::ok;
}

Status Segment::append(std::string_view row, double wall_ms) {
  const int file = fd();
  if (file < 0) return status_of(-file);
  char head[kRecordHeadBytes];
  write_record_head(row, rows_, head);
  const uint64_t size = sizeof head + row.size();
  const int64_t written = disk_.write_at(file, {head, sizeof head}, row, bytes_);
  if (written < 0 || static_cast<uint64_t>(written) != size) {
    is_broken_ = written > 0 && disk_.truncate(file, bytes_) < 0;
    return written < 0 ? status_of(static_cast<int>(-written)) : Status::no_space;
  }
  if (is_nameless(file, wall_ms)) return Status::missing;
  bytes_ += size;
  rows_++;
  records_++;
  pending_++;
  newest_ms_ = std::max(newest_ms_, wall_ms);
  is_unsynced_ = true;
  return Status::ok;
}

bool Segment::is_nameless(int file, double wall_ms) {
  // A clock that went back counts, too.
  const bool is_soon = std::abs(wall_ms - name_checked_ms_) < kNameCheckMs;
  if (is_soon && rows_ % kNameCheckRows != 0) return false;
  name_checked_ms_ = wall_ms;
  FileFacts facts;
  return disk_.facts(file, facts) >= 0 && facts.links == 0;
}

void Segment::seal() {
  is_sealed_ = true;
  char seal[kPartBytes];
  write_seal({rows_, records_, description_.head_bytes, newest_ms_}, seal);
  // Without it the next owner counts the rows.
  const int file = fd();
  if (file >= 0) disk_.write_at(file, {seal, sizeof seal}, {}, kSealOffset);
  close();
}

bool Segment::mark(uint32_t index) {
  if (index >= rows_ || !marks_.mark(index)) return false;
  pending_--;
  return true;
}

Status Segment::write_marks(uint32_t first, uint32_t last) {
  const int file = fd();
  if (file < 0) return status_of(-file);
  return write_all(disk_, file, marks_.text(first, last), kMarksOffset + Marks::offset_of(first));
}

CopySource Segment::source(Copied& copied) {
  copied.head_bytes = head_bytes_for(rows_);
  return {duplicate(), description_.head_bytes, bytes_, marks_};
}

Status Segment::replace(int unfinished_fd, const Copied& copied) {
  std::string head(kMarksOffset, '\0');
  Description description = description_;
  description.head_bytes = copied.head_bytes;
  write_description(description, head.data());
  write_seal({rows_, copied.records, copied.head_bytes, newest_ms_}, head.data() + kSealOffset);
  // There are rows, else there would be nothing to gain.
  head += marks_.text(0, rows_ - 1);
  const Status status = write_all(disk_, unfinished_fd, head, 0);
  if (status != Status::ok) return status;
  const int error = disk_.rename(folder_->fd(), unfinished_name(number_), segment_name(number_));
  if (error < 0) return status_of(-error);
  close();
  description_ = description;
  bytes_ = copied.bytes;
  records_ = copied.records;
  generation_++;
  is_unsynced_ = true;
  folder_->touch();
  return Status::ok;
}

void Segment::remove() {
  close();
  disk_.remove(folder_->fd(), segment_name(number_));
}

int Segment::duplicate() {
  const int file = fd();
  return file < 0 ? file : disk_.duplicate(file);
}

bool Segment::take_unsynced() {
  const bool was = is_unsynced_;
  is_unsynced_ = false;
  return was;
}

void Segment::close() {
  if (fd_ >= 0) disk_.close(fd_);
  fd_ = -1;
}

uint64_t Segment::dead_bytes() const {
  // Damaged rows may leave fewer records than pending rows.
  if (records_ <= pending_) return 0;
  return (bytes_ - description_.head_bytes) * (records_ - pending_) / records_;
}

int Segment::fd() {
  if (fd_ < 0) fd_ = disk_.open(folder_->fd(), segment_name(number_));
  return fd_;
}

}  // namespace piste::native
