// What must hold of a page after every step, and more when its tracker has come to rest.
#include <algorithm>

#include "core_heap.h"
#include "model/limits.h"
#include "page.h"
#include "world.h"

namespace simulation {

void Page::read_ledger(bool settled) {
  if (!is_alive()) return;
  const char* json = piste_text(tracker_, PISTE_FIELD_STATS);
  const std::string_view text(json == nullptr ? "" : json, piste_text_size(tracker_, PISTE_FIELD_STATS));
  ledger_ = {};
  if (!ledger_.read(text)) {
    world_.violation("ledger", number_, "unreadable: %.*s", static_cast<int>(text.size()), text.data());
    return;
  }
  const std::string differences = account_.differences(ledger_, settled);
  if (!differences.empty()) world_.violation("ledger", number_, "%s", differences.c_str());
  if (ledger_.in_flight != static_cast<double>(flights_.size())) {
    world_.violation("ledger", number_, "%.0f requests under way, should be %zu", ledger_.in_flight, flights_.size());
  }
}

void Page::settle(piste_action action, double wait_ms) {
  settled_ = true;
  highest_priority_ = -1;
  read_ledger(true);
  check_storing(action, wait_ms);
  check_probe();
  check_caps();
  keeper_.offer_leftovers();
}

void Page::check_storing(piste_action action, double wait_ms) {
  const size_t waiting = check_consent();
  if (unstored_.size() > waiting) {
    world_.violation("storing", number_, "event %llu was never asked to be stored",
                     static_cast<unsigned long long>(*unstored_.begin()));
  }
  if (ledger_.stored != static_cast<double>(keeper_.confirmed_count())) {
    world_.violation("storing", number_, "%.0f rows are stored, should be %zu", ledger_.stored,
                     keeper_.confirmed_count());
  }
  const size_t left = events_.size() + unseen_.size() + unstored_.size();
  if (account_.pending() != static_cast<double>(left)) {
    world_.violation("ends", number_, "%.0f events pending, but %zu were not given back", account_.pending(), left);
  }
  constexpr double kRoundingMs = 0.01;
  const double since_ms = keeper_.fleeting_since_ms();
  if (since_ms < 0) return;
  const double age_ms = mono_ms() - since_ms;
  if (age_ms > piste::kLastingAfterMs + kRoundingMs || ledger_.failures > 0) {
    world_.violation("lasting", number_, "a row stored %.0f ms ago is not to last, after %.0f failures", age_ms,
                     ledger_.failures);
  }
  if (action != PISTE_ACTION_WAIT || wait_ms > piste::kLastingAfterMs + kRoundingMs) {
    world_.violation("lasting", number_, "nothing will make a row last");
  }
}

void Page::check_probe() {
  const auto goes = [&](uint64_t event) { return !world_.history.find(event)->is_held; };
  if (has_sendable() || std::any_of(unseen_.begin(), unseen_.end(), goes)) return;
  if (!has_probe_ && !world_.probe_lock.is_waited_for_by(number_)) return;
  world_.violation("probe rate", number_, "it stands in the way of others and has nothing to send");
}

void Page::check_caps() {
  if (keeper_.row_bytes() > piste::kMaxOutboxBytes) {
    world_.violation("caps", number_, "%zu bytes of rows in memory", keeper_.row_bytes());
  }
  if (keeper_.page_bytes() > RowKeeper::kMostPageBytes) {
    world_.violation("caps", number_, "%zu bytes in the page storage", keeper_.page_bytes());
  }
  // Besides rows: their headers, what is being built (twice the largest event, and a body), and slack of its growth.
  constexpr size_t kRowHeaderBytes = 128;
  constexpr size_t kBuildingBytes = 6 * piste::kMaxEventBytes;
  size_t allowed = 0;
  for (Page* page : world_.living()) {
    allowed += page->keeper_.row_bytes() + page->events_.size() * kRowHeaderBytes + kBuildingBytes +
               (page->settled_ ? 0 : piste::kMaxOutboxBytes);
    // What is held, and rows that are never stored.
    if (world_.consent.asks()) allowed += 2 * piste::kMaxHeldBytes + piste::kMaxOutboxBytes;
  }
  if (core_heap_bytes() > allowed) {
    world_.violation("caps", number_, "the trackers hold %zu bytes, more than %zu", core_heap_bytes(), allowed);
  }
}

}  // namespace simulation
