// Taking over the rows of the dead: their lock first, then what both storages hold in their names.
#include <map>

#include "page.h"
#include "row_keeper.h"
#include "world.h"

namespace simulation {

void RowKeeper::adopt() {
  if (adopting_ || !world_.scenario.setup.locks) return;
  adopting_ = true;
  if (world_.lasting_storage.is_denied()) return page_.post(0.1, [this] { take_locks(false); });
  const uint32_t life = page_.life();
  (void)world_.lasting_storage.read(page_.number(), [this, life](bool readable) {
    page_.post(world_.random.around(0.5), [this, life, readable] {
      if (life == page_.life()) take_locks(readable);
    });
  });
}

void RowKeeper::take_locks(bool lasting_is_readable) {
  std::set<uint32_t> owners;
  for (const auto& [key, row] : world_.page_storage.rows()) owners.insert(key.owner);
  if (lasting_is_readable) {
    for (const auto& [key, row] : world_.lasting_storage.rows()) owners.insert(key.owner);
  }
  std::erase_if(owners, [&](uint32_t owner) {
    if (world_.owner_locks.is_held_by(owner, page_.number())) return true;
    if (world_.owner_locks.take(owner, page_.number())) return false;
    if (world_.fault == HostFault::adopts_the_living) return false;
    watch(owner);
    return true;
  });
  adopting_ = false;
  if (!owners.empty()) read_rows(owners);
}

void RowKeeper::watch(uint32_t owner) {
  const Setup& setup = world_.scenario.setup;
  // A lease has no queue.
  if (!setup.locks || setup.lease_ms > 0 || page_.is_closed() || world_.fault == HostFault::watches_nobody) return;
  if (world_.owner_locks.is_held_by(owner, page_.number())) return;
  if (world_.owner_locks.take(owner, page_.number())) return inherit(owner);
  world_.owner_locks.wait(owner, page_.number());
}

void RowKeeper::inherit(uint32_t owner) {
  world_.tell(page_.number(), "inherits the rows of life %u", owner);
  read_rows({owner});
}

void RowKeeper::read_rows(const std::set<uint32_t>& owners) {
  // Only now that nobody else writes them.
  ++reads_;
  const uint32_t life = page_.life();
  if (world_.lasting_storage.is_denied()) {
    return page_.post(0.1, [this, life, owners] {
      if (life == page_.life()) restore_rows(owners, false);
    });
  }
  (void)world_.lasting_storage.read(page_.number(), [this, life, owners](bool readable) {
    page_.post(world_.random.around(0.5), [this, life, owners, readable] {
      if (life == page_.life()) restore_rows(owners, readable);
    });
  });
}

void RowKeeper::restore_rows(const std::set<uint32_t>& owners, bool lasting_is_readable) {
  std::set<RowKey> keys;
  const auto collect = [&](const std::map<RowKey, KeptRow>& rows) {
    for (const uint32_t owner : owners) {
      for (auto at = rows.lower_bound({owner, 0}); at != rows.end() && at->first.owner == owner; ++at) {
        keys.insert(at->first);
      }
    }
  };
  collect(world_.page_storage.rows());
  if (lasting_is_readable) collect(world_.lasting_storage.rows());
  lasting_is_readable_ = lasting_is_readable;
  --reads_;
  for (const RowKey key : keys) {
    if (!restore(key)) leftovers_.push_back(key);
    if (!page_.is_alive()) return;
  }
  page_.pump_soon();
}

bool RowKeeper::restore(RowKey key) {
  const auto in_page = world_.page_storage.rows().find(key);
  const auto lasting = world_.lasting_storage.rows().find(key);
  const bool is_in_page = in_page != world_.page_storage.rows().end();
  const bool is_lasting = lasting_is_readable_ && lasting != world_.lasting_storage.rows().end();
  if (!is_in_page && !is_lasting) return true;
  Kept kept;
  kept.key = key;
  // The lasting copy is never torn.
  kept.row = is_lasting ? lasting->second : in_page->second;
  double id = 0;
  const int32_t status = page_.restore(*kept.row.text, kept.row.event, id);
  if (!page_.is_alive() || status == PISTE_CLOSED) return true;
  if (status == PISTE_QUEUE_FULL) {
    if (world_.fault == HostFault::erases_what_is_refused) remove_copies(key);
    return false;
  }
  if (status != PISTE_OK) {
    remove_copies(key);
    return true;
  }
  kept.in_page = is_in_page;
  kept.may_last = true;  // a failed read tells nothing
  kept.asked_ms = page_.mono_ms();
  kept.reported = kept.confirmed = true;
  ++confirmed_count_;
  row_bytes_ += kept.row.text->size();
  // The tracker takes it for one that is to be made lasting.
  fleeting_.push_back(static_cast<uint64_t>(id));
  kept_[static_cast<uint64_t>(id)] = kept;
  return true;
}

void RowKeeper::offer_leftovers() {
  bool restored = false;
  while (!leftovers_.empty() && restore(leftovers_.front())) {
    restored = true;
    leftovers_.pop_front();
    if (!page_.is_alive()) return;
  }
  if (restored) page_.pump_soon();
}

}  // namespace simulation
