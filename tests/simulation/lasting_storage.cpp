// A queue of transactions, each with its own end.
#include "lasting_storage.h"

#include <algorithm>

namespace simulation {

uint64_t LastingStorage::begin(Transaction transaction) {
  const bool slow = random_.happens(traits_.slow_ratio);
  const double duration_ms = slow ? random_.between(500, 8000) : random_.around(traits_.usual_ms) + 0.1;
  last_end_ms_ = std::max(last_end_ms_, timeline_.now_ms()) + duration_ms;
  const uint64_t number = transaction.number = ++last_number_;
  under_way_.push_back(std::move(transaction));
  timeline_.after(last_end_ms_ - timeline_.now_ms(), [this, number] { finish(number); });
  return number;
}

uint64_t LastingStorage::put(uint32_t page, RowKey key, const KeptRow& row, Ended ended) {
  return begin({0, page, Kind::put, key, row, std::move(ended)});
}

uint64_t LastingStorage::remove(uint32_t page, RowKey key) { return begin({0, page, Kind::remove, key, {}, nullptr}); }

uint64_t LastingStorage::read(uint32_t page, Ended ended) {
  return begin({0, page, Kind::read, {}, {}, std::move(ended)});
}

bool LastingStorage::abort(uint64_t transaction) {
  const auto found = std::find_if(under_way_.begin(), under_way_.end(),
                                  [&](const Transaction& one) { return one.number == transaction; });
  if (found == under_way_.end()) return false;
  under_way_.erase(found);
  return true;
}

bool LastingStorage::commit(const Transaction& transaction) {
  if (traits_.denied || random_.happens(traits_.failing_ratio)) return false;
  if (transaction.kind == Kind::read) return true;
  const auto found = rows_.find(transaction.key);
  if (transaction.kind == Kind::remove) {
    if (found == rows_.end()) return true;
    bytes_ -= found->second.text->size();
    rows_.erase(found);
    return true;
  }
  const size_t size = transaction.row.text->size();
  if (traits_.quota_bytes > 0 && bytes_ + size > traits_.quota_bytes) return false;
  if (found == rows_.end()) bytes_ += size;
  rows_[transaction.key] = transaction.row;
  return true;
}

void LastingStorage::finish(uint64_t number) {
  const auto found =
      std::find_if(under_way_.begin(), under_way_.end(), [&](const Transaction& one) { return one.number == number; });
  if (found == under_way_.end()) return;
  const Transaction transaction = std::move(*found);
  under_way_.erase(found);
  const bool committed = commit(transaction);
  if (transaction.ended) transaction.ended(committed);
}

void LastingStorage::abandon(uint32_t page) {
  bool goes_on = true;
  for (auto at = under_way_.begin(); at != under_way_.end();) {
    if (at->page != page) {
      ++at;
      continue;
    }
    goes_on = goes_on && random_.happens(0.5);
    if (goes_on) (void)commit(*at);
    at = under_way_.erase(at);
  }
}

void LastingStorage::heal() {
  traits_.failing_ratio = 0;
  traits_.slow_ratio = 0;
  traits_.quota_bytes = 0;
}

}  // namespace simulation
