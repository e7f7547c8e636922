// Keeps a journal of changes, so that the last of them can be taken back.
#include "page_storage.h"

#include <algorithm>

namespace simulation {

void PageStorage::change(RowKey key, const std::optional<KeptRow>& to) {
  const auto found = rows_.find(key);
  if (found != rows_.end()) {
    bytes_ -= found->second.text->size();
    if (!to) rows_.erase(found);
  }
  if (!to) return;
  bytes_ += to->text->size();
  rows_[key] = *to;
}

void PageStorage::note(RowKey key, double now_ms) {
  if (traits_.forgotten_ms == 0) return;
  const auto found = rows_.find(key);
  changes_.push_back({now_ms, key, found == rows_.end() ? std::nullopt : std::optional<KeptRow>(found->second)});
  if (changes_.size() < 4096) return;
  const auto is_safe = [&](const Change& one) { return one.at_ms < now_ms - traits_.forgotten_ms; };
  changes_.erase(changes_.begin(), std::find_if_not(changes_.begin(), changes_.end(), is_safe));
}

bool PageStorage::put(RowKey key, const KeptRow& row, double now_ms) {
  if (traits_.denied || random_.happens(traits_.failing_ratio)) return false;
  if (traits_.quota_bytes > 0 && bytes_ + row.text->size() > traits_.quota_bytes) return false;
  note(key, now_ms);
  KeptRow kept = row;
  if (row.text->size() > 1 && random_.happens(traits_.torn_ratio)) {
    const auto cut = 1 + random_.below(static_cast<uint32_t>(row.text->size() - 1));
    kept.text = std::make_shared<const std::string>(row.text->substr(0, cut));
  }
  change(key, kept);
  return true;
}

void PageStorage::remove(RowKey key, double now_ms) {
  if (traits_.denied || rows_.count(key) == 0) return;
  note(key, now_ms);
  change(key, std::nullopt);
}

const std::map<RowKey, KeptRow>& PageStorage::rows() const { return traits_.denied ? nothing_ : rows_; }

void PageStorage::heal() {
  traits_.failing_ratio = 0;
  traits_.torn_ratio = 0;
  traits_.quota_bytes = 0;
}

void PageStorage::forget(double now_ms, const Vanished& vanished) {
  const double kept_until_ms = now_ms - traits_.forgotten_ms * random_.part();
  std::vector<uint64_t> gone;
  while (!changes_.empty() && changes_.back().at_ms > kept_until_ms) {
    const Change& last = changes_.back();
    const auto found = rows_.find(last.key);
    if (found != rows_.end() && !last.before) gone.push_back(found->second.event);
    change(last.key, last.before);
    changes_.pop_back();
  }
  changes_.clear();
  for (const uint64_t event : gone) vanished(event);
}

}  // namespace simulation
