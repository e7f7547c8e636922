// Storing and erasing, as a browser's host does it. Taking over is in row_adoption.cpp.
#include "row_keeper.h"

#include "page.h"
#include "world.h"

namespace simulation {

namespace {

uint64_t number_of(double id) { return static_cast<uint64_t>(id); }

}  // namespace

void RowKeeper::begin_life() {
  owner_ = world_.new_owner();
  (void)world_.owner_locks.take(owner_, page_.number());
  // What no storage took is tried anew, under the new name.
  for (auto& [id, kept] : kept_) kept.key = {owner_, id};
}

bool RowKeeper::put_in_page(Kept& kept) {
  if (kept.in_page) return true;
  const size_t size = kept.row.text->size();
  const bool has_room = page_bytes_ + size <= kMostPageBytes || world_.fault == HostFault::fills_the_page_storage;
  kept.in_page = has_room && world_.page_storage.put(kept.key, kept.row, world_.timeline.now_ms());
  kept.page_bytes = kept.in_page ? size : 0;
  page_bytes_ += kept.page_bytes;
  if (kept.in_page) world_.tell_others(page_.number(), kept.key.owner);
  return kept.in_page;
}

void RowKeeper::take_out_of_page(Kept& kept) {
  if (!kept.in_page) return;
  kept.in_page = false;
  page_bytes_ -= kept.page_bytes;
  kept.page_bytes = 0;
  world_.page_storage.remove(kept.key, world_.timeline.now_ms());
}

void RowKeeper::report(double id, Kept& kept, bool stored) {
  kept.reported = true;
  if (stored && !kept.confirmed) ++confirmed_count_;
  kept.confirmed = kept.confirmed || stored;
  page_.report_stored(id, stored);
}

void RowKeeper::put(double id, const std::string& text, uint64_t event, bool lasting) {
  const auto [at, is_new] = kept_.try_emplace(number_of(id));
  Kept& kept = at->second;
  if (is_new) {
    kept.key = {owner_, number_of(id)};
    kept.row = {std::make_shared<const std::string>(text), event};
    kept.asked_ms = page_.mono_ms();
    row_bytes_ += text.size();
  } else if (*kept.row.text != text) {
    world_.violation("storing", page_.number(), "row %.0f is stored again with another text", id);
  }
  if (!is_new && (!lasting || kept.lasting != Lasting::no)) {
    world_.violation("storing", page_.number(), "row %.0f is stored again without need", id);
  }
  if (!lasting) fleeting_.push_back(number_of(id));
  if (!world_.scenario.setup.locks) {
    if (lasting) kept.lasting = Lasting::refused;
    return report(id, kept, false);
  }
  // Also what is to last: the page may be gone before its transaction is complete.
  const bool saved = put_in_page(kept);
  if (lasting) begin_lasting(id, kept);
  if (saved || !lasting) report(id, kept, saved);
}

void RowKeeper::begin_lasting(double id, Kept& kept) {
  kept.lasting = Lasting::asked;
  kept.may_last = true;
  if (world_.fault == HostFault::forgets_the_lasting) {
    kept.lasting = Lasting::there;
    take_out_of_page(kept);
    return report(id, kept, true);
  }
  if (world_.fault == HostFault::moves_before_it_is_safe) take_out_of_page(kept);
  kept.transaction =
      world_.lasting_storage.put(page_.number(), kept.key, kept.row, [this, id, life = page_.life()](bool committed) {
        page_.post(world_.random.around(0.5), [this, id, life, committed] { end_lasting(id, life, committed); });
      });
}

void RowKeeper::end_lasting(double id, uint32_t life, bool committed) {
  const auto found = kept_.find(number_of(id));
  if (life != page_.life() || found == kept_.end()) {
    page_.report_stored(id, committed);  // too late for the row, and nothing that a tracker would mind
    return;
  }
  Kept& kept = found->second;
  kept.lasting = committed ? Lasting::there : Lasting::refused;
  // A copy in the page storage stays where it is when there is nothing better.
  if (committed) take_out_of_page(kept);
  report(id, kept, kept.in_page || committed);
  page_.pump_soon();
}

void RowKeeper::remove_copies(RowKey key) {
  world_.page_storage.remove(key, world_.timeline.now_ms());
  if (!world_.lasting_storage.is_denied()) (void)world_.lasting_storage.remove(page_.number(), key);
}

void RowKeeper::forget(uint64_t id) {
  const auto found = kept_.find(id);
  const Kept& kept = found->second;
  row_bytes_ -= kept.row.text->size();
  if (kept.confirmed) --confirmed_count_;
  kept_.erase(found);
}

void RowKeeper::erase(double id) {
  const auto found = kept_.find(number_of(id));
  if (found == kept_.end()) return;
  Kept& kept = found->second;
  const bool was_in_page = kept.in_page;
  if (world_.fault != HostFault::never_erases) {
    take_out_of_page(kept);
    if (kept.may_last && !world_.lasting_storage.is_denied()) {
      (void)world_.lasting_storage.remove(page_.number(), kept.key);
    }
  }
  if (was_in_page && world_.page_storage.has(kept.key)) {
    world_.violation("erasing", page_.number(), "row %.0f has ended and is still stored", id);
  }
  forget(number_of(id));
}

double RowKeeper::fleeting_since_ms() {
  double since_ms = -1;
  for (auto at = fleeting_.begin(); at != fleeting_.end();) {
    const auto found = kept_.find(*at);
    if (found == kept_.end() || found->second.lasting != Lasting::no) {
      at = fleeting_.erase(at);
      continue;
    }
    const Kept& kept = found->second;
    ++at;
    if (page_.is_frozen_by_consent(*world_.history.find(kept.row.event))) continue;
    if (since_ms < 0 || kept.asked_ms < since_ms) since_ms = kept.asked_ms;
    // The others were asked for later.
    if (!world_.consent.asks()) break;
  }
  return since_ms;
}

void RowKeeper::thaw(double id) {
  const auto found = kept_.find(number_of(id));
  if (found != kept_.end()) found->second.asked_ms = page_.mono_ms();
}

bool RowKeeper::is_confirmed(double id) const {
  const auto found = kept_.find(number_of(id));
  return found != kept_.end() && found->second.confirmed;
}

void RowKeeper::give_up_lasting(double id, Kept& kept) {
  if (kept.lasting != Lasting::asked || kept.confirmed || !page_.is_alive()) return;
  // Whoever adopts must not find a row that this page may come back with. What cannot be aborted any more has ended,
  // one way or the other, only that the page has not heard of it.
  const bool kept_it = world_.fault == HostFault::trusts_the_last_moment ||
                       (!world_.lasting_storage.abort(kept.transaction) && world_.lasting_storage.has(kept.key));
  kept.lasting = kept_it ? Lasting::there : Lasting::refused;
  report(id, kept, kept_it);
}

std::vector<double> RowKeeper::release() {
  for (auto& [id, kept] : kept_) give_up_lasting(static_cast<double>(id), kept);
  world_.lasting_storage.abandon(page_.number());
  std::vector<double> given_up;
  for (const auto& [id, kept] : kept_) {
    if (kept.confirmed) given_up.push_back(static_cast<double>(id));
  }
  for (const double id : given_up) forget(number_of(id));
  leftovers_.clear();
  adopting_ = false;
  reads_ = 0;
  page_bytes_ = 0;
  return given_up;
}

const char* RowKeeper::excuse(double id) const {
  const auto found = kept_.find(number_of(id));
  if (found == kept_.end()) return nullptr;
  const Kept& kept = found->second;
  if (kept.confirmed) return nullptr;
  if (!world_.scenario.setup.locks) return "kept in memory only";
  return kept.reported ? "refused by the storage" : "still being stored";
}

}  // namespace simulation
