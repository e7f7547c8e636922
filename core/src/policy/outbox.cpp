// A singly linked list: one allocation for each row, header and bytes together.
#include "policy/outbox.h"

#include <stdlib.h>

namespace piste {

namespace {

void free_list(Row* row) {
  while (row != nullptr) {
    Row* next = row->next;
    free(row);
    row = next;
  }
}

}  // namespace

Outbox::~Outbox() {
  free_list(first_);
  free_list(erased_);
}

Status Outbox::append(double id, Text row, RowKind kind) {
  if (row.size > kMaxOutboxBytes - bytes_) return Status::queue_full;
  auto* made = static_cast<Row*>(malloc(sizeof(Row) + row.size));
  if (made == nullptr) return Status::no_memory;
  *made = {nullptr, id, 0, row.size, kind, Kept::not_yet};
  memcpy(made + 1, row.data, row.size);
  (last_ == nullptr ? first_ : last_->next) = made;
  last_ = made;
  if (unstored_ == nullptr) unstored_ = made;
  bytes_ += row.size;
  waiting_bytes_ += row.size;
  return Status::ok;
}

const Row* Outbox::take_unstored() {
  while (unstored_ != nullptr) {
    Row* row = unstored_;
    unstored_ = row->next;
    if (row->size <= kMaxStoredBytes - stored_bytes_) {
      row->kept = Kept::stored;
      asked_ = row;
      stored_bytes_ += row->size;
      return row;
    }
    row->kept = Kept::memory_only;
  }
  return nullptr;
}

void Outbox::mark_unstored(double id) {
  if (asked_ == nullptr || asked_->id != id || asked_->kept != Kept::stored) return;
  asked_->kept = Kept::memory_only;
  stored_bytes_ -= asked_->size;
}

Row* Outbox::next_waiting(Row* row) {
  while (row != nullptr && !row->waits()) row = row->next;
  return row;
}

void Outbox::dispatch(Row* row, double batch) {
  row->batch = batch;
  waiting_bytes_ -= row->size;
}

void Outbox::release(double batch) {
  for (Row* row = first_; row != nullptr; row = row->next) {
    if (row->batch != batch) continue;
    row->batch = 0;
    waiting_bytes_ += row->size;
  }
}

uint32_t Outbox::remove(double batch) {
  uint32_t count = 0;
  Row* before = nullptr;
  for (Row* row = first_; row != nullptr;) {
    Row* const next = row->next;
    if (row->batch != batch) {
      before = row;
    } else {
      (before == nullptr ? first_ : before->next) = next;
      if (row == last_) last_ = before;
      if (row == unstored_) unstored_ = next;
      if (row == asked_) asked_ = nullptr;
      retire(row);
      ++count;
    }
    row = next;
  }
  return count;
}

void Outbox::retire(Row* row) {
  bytes_ -= row->size;
  if (row->kept != Kept::stored) {
    free(row);
    return;
  }
  stored_bytes_ -= row->size;
  row->next = erased_;
  erased_ = row;
}

double Outbox::take_erased() {
  if (erased_ == nullptr) return 0;
  Row* row = erased_;
  const double id = row->id;
  erased_ = row->next;
  free(row);
  return id;
}

}  // namespace piste
