// A singly linked list: one allocation for each row, header and bytes together.
#include "policy/outbox.h"

#include <stdlib.h>

namespace piste {

namespace {

constexpr uint32_t kConfirmed = 0;  // the cursor that Keeping::none leaves free

void free_list(Row* row) {
  while (row != nullptr) {
    Row* next = row->next;
    free(row);
    row = next;
  }
}

/// What is never to be stored counts as asked for.
Keeping asked_of(const RowHead& head) {
  return kHasFullConsent && head.is_impersonal ? Keeping::lasting : Keeping::none;
}

}  // namespace

Outbox::~Outbox() {
  free_list(first_);
  free_list(ended_);
  free(given_);
}

Status Outbox::insert(double id, Text row, const RowHead& head, bool stored) {
  if (row.size > kMaxOutboxBytes - bytes_) return Status::queue_full;
  auto* made = static_cast<Row*>(malloc(sizeof(Row) + row.size));
  if (made == nullptr) return Status::no_memory;
  Row** at = tail_;
  if (stored) {
    ++fleeting_count_;
    for (at = &first_; *at != nullptr && (*at)->taken_ms <= head.taken_ms;) at = &(*at)->next;
  } else {
    for (Row*& cursor : cursors_) {
      if (cursor == nullptr) cursor = made;
    }
  }
  *made = {*at,
           id,
           0,
           head.taken_ms,
           row.size,
           UINT32_MAX,
           head.kind,
           head.priority,
           head.purposes,
           head.is_impersonal,
           stored ? Keeping::page : asked_of(head),
           stored,
           false,
           static_cast<uint8_t>(static_cast<uint8_t>(head.priority) * 2 + 1),
           0,
           Status::ok};
  memcpy(made + 1, row.data, row.size);
  *at = made;
  if (made->next == nullptr) tail_ = &made->next;
  bytes_ += row.size;
  waiting_bytes_ += row.size;
  if (stored) {
    ++stored_count_;
    cursors_[static_cast<uint32_t>(Keeping::lasting)] = first_;
  }
  return Status::ok;
}

uint32_t Outbox::make_room(uint32_t size, Priority priority) {
  uint32_t possible = kMaxOutboxBytes - bytes_;
  for (const Row* row = first_; row != nullptr; row = row->next) {
    if (row->waits() && row->priority < priority) possible += row->size;
  }
  // What has ended and was not taken yet is memory, too.
  if (possible < size || ended_bytes_ > kMaxOutboxBytes) return 0;
  uint32_t count = 0;
  for (; size > kMaxOutboxBytes - bytes_; ++count) {
    Row** victim = nullptr;
    Priority least = priority;
    for (Row** at = &first_; *at != nullptr; at = &(*at)->next) {
      if (!(*at)->waits() || (*at)->priority >= least) continue;
      least = (*at)->priority;
      victim = at;
    }
    end(victim, Status::evicted, 0);
  }
  return count;
}

const Row* Outbox::take_to_store(Keeping keeping) {
  Row*& cursor = cursors_[static_cast<uint32_t>(keeping)];
  while (cursor != nullptr && (cursor->asked >= keeping || cursor->is_frozen())) cursor = cursor->next;
  Row* row = cursor;
  if (row == nullptr) return nullptr;
  cursor = row->next;
  if (row->asked == Keeping::page) --fleeting_count_;
  if (keeping == Keeping::page) ++fleeting_count_;
  row->asked = keeping;
  return row;
}

void Outbox::mark_stored(double id) {
  // Confirmations come in the order of the rows: the one after the last is the next.
  Row*& cursor = cursors_[kConfirmed];
  Row* row = cursor;
  while (row != nullptr && row->id != id) row = row->next;
  if (row == nullptr) row = first_;
  while (row != nullptr && row->id != id) row = row->next;
  if (row == nullptr) return;
  cursor = row->next;
  if (!row->stored) ++stored_count_;
  row->stored = true;
}

void Outbox::dispatch(Row* row, double batch) {
  row->batch = batch;
  row->worth &= static_cast<uint8_t>(~1U);  // it may have arrived
  waiting_bytes_ -= row->size;
}

void Outbox::release(double batch, uint32_t company) {
  for (Row* row = first_; row != nullptr; row = row->next) {
    if (row->batch != batch) continue;
    row->batch = 0;
    if (row->company > company) row->company = company;
    waiting_bytes_ += row->size;
  }
}

Row* Outbox::unlink(Row** at) {
  Row* row = *at;
  *at = row->next;
  if (tail_ == &row->next) tail_ = at;
  for (Row*& cursor : cursors_) {
    if (cursor == row) cursor = row->next;
  }
  bytes_ -= row->size;
  if (row->waits()) waiting_bytes_ -= row->size;
  if (row->is_fleeting()) --fleeting_count_;
  if (row->stored) --stored_count_;
  return row;
}

void Outbox::end(Row** at, Status why, int32_t outcome) {
  Row* row = unlink(at);
  row->why = why;
  row->outcome = outcome;
  row->next = nullptr;
  *ended_tail_ = row;
  ended_tail_ = &row->next;
  ended_bytes_ += row->size;
}

uint32_t Outbox::end(double batch, Status why, int32_t outcome) {
  uint32_t count = 0;
  for (Row** at = &first_; *at != nullptr;) {
    if ((*at)->batch != batch) {
      at = &(*at)->next;
      continue;
    }
    end(at, why, outcome);
    ++count;
  }
  return count;
}

uint32_t Outbox::heed(const Consent& consent) {
  uint32_t count = 0;
  for (Row** at = &first_; *at != nullptr;) {
    Row* row = *at;
    // Of what shows nobody all that counts is whether such events go at all.
    const bool is_impersonal = kHasFullConsent && row->is_impersonal;
    if (is_impersonal ? consent.refuses(row->purposes) : consent.denies(row->purposes)) {
      end(at, Status::denied, 0);
      ++count;
      continue;
    }
    if (row->is_fleeting()) --fleeting_count_;
    row->frozen = !is_impersonal && !consent.grants(row->purposes);
    if (row->is_fleeting()) ++fleeting_count_;
    at = &row->next;
  }
  // What was passed over while it was frozen is asked for now.
  cursors_[static_cast<uint32_t>(Keeping::page)] = cursors_[static_cast<uint32_t>(Keeping::lasting)] = first_;
  return count;
}

bool Outbox::has_sendable() const {
  const Row* row = first_;
  while (row != nullptr && row->is_frozen()) row = row->next;
  return row != nullptr;
}

uint32_t Outbox::forget_stored() {
  uint32_t count = 0;
  for (Row** at = &first_; *at != nullptr;) {
    if (!(*at)->stored) {
      at = &(*at)->next;
      continue;
    }
    free(unlink(at));
    ++count;
  }
  return count;
}

const Row* Outbox::take_ended() {
  free(given_);
  given_ = ended_;
  if (given_ == nullptr) return nullptr;
  ended_ = given_->next;
  if (ended_ == nullptr) ended_tail_ = &ended_;
  ended_bytes_ -= given_->size;
  return given_;
}

}  // namespace piste
