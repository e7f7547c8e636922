// The storage of the page level, as localStorage: synchronous, shared by all pages, and forgetful when the whole
// browser is killed.
#ifndef TESTS_SIMULATION_PAGE_STORAGE_H
#define TESTS_SIMULATION_PAGE_STORAGE_H

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "random.h"
#include "row_key.h"

namespace simulation {

/// How the storage behaves in a scenario.
struct PageStorageTraits {
  bool denied = false;       ///< Throws on every access.
  size_t quota_bytes = 0;    ///< What the site has left for us. 0: enough.
  double failing_ratio = 0;  ///< Of writes.
  double torn_ratio = 0;     ///< Of writes that are reported as done.
  double forgotten_ms = 0;   ///< What a killed browser may forget: changes of so many last ms.
};

class PageStorage {
 public:
  using Vanished = std::function<void(uint64_t event)>;

  PageStorage(const PageStorageTraits& traits, Random& random) : traits_(traits), random_(random) {}

  bool put(RowKey key, const KeptRow& row, double now_ms);
  void remove(RowKey key, double now_ms);
  /// Everything that can be read.
  const std::map<RowKey, KeptRow>& rows() const;
  bool has(RowKey key) const { return rows_.count(key) > 0; }
  size_t bytes() const { return bytes_; }
  const PageStorageTraits& traits() const { return traits_; }
  /// From here on nothing fails any more.
  void heal();

  /// The browser died: a random part of the last changes never happened. `vanished` is told each event whose copy here
  /// is gone by that.
  void forget(double now_ms, const Vanished& vanished);

 private:
  struct Change {
    double at_ms;
    RowKey key;
    std::optional<KeptRow> before;
  };

  void change(RowKey key, const std::optional<KeptRow>& to);
  void note(RowKey key, double now_ms);

  PageStorageTraits traits_;
  Random& random_;
  std::map<RowKey, KeptRow> rows_;
  std::map<RowKey, KeptRow> nothing_;
  std::vector<Change> changes_;  ///< Those that may be forgotten, and some older ones.
  size_t bytes_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_PAGE_STORAGE_H
