// The storage that lasts, as IndexedDB: asynchronous, in order, durable from completion on.
#ifndef TESTS_SIMULATION_LASTING_STORAGE_H
#define TESTS_SIMULATION_LASTING_STORAGE_H

#include <deque>
#include <functional>
#include <map>

#include "random.h"
#include "row_key.h"
#include "timeline.h"

namespace simulation {

struct LastingStorageTraits {
  bool denied = false;       ///< Cannot be opened.
  size_t quota_bytes = 0;    ///< 0: enough.
  double failing_ratio = 0;  ///< Of transactions.
  double usual_ms = 5;       ///< How long a transaction takes.
  double slow_ratio = 0;     ///< Of transactions that take some seconds.
};

/// One transaction after the other, whichever page began it.
class LastingStorage {
 public:
  /// Told when the transaction has ended, in the storage's own time: the page hears of it a moment later.
  using Ended = std::function<void(bool committed)>;

  LastingStorage(const LastingStorageTraits& traits, Random& random, Timeline& timeline)
      : traits_(traits), random_(random), timeline_(timeline) {}

  bool is_denied() const { return traits_.denied; }
  /// All that was begun had ended by then.
  bool is_idle_since(double ms) const { return under_way_.empty() && last_end_ms_ < ms; }

  /// Each begins a transaction of `page` and gives its number.
  uint64_t put(uint32_t page, RowKey key, const KeptRow& row, Ended ended);
  uint64_t remove(uint32_t page, RowKey key);
  /// Nothing is changed; all that was begun before has ended then.
  uint64_t read(uint32_t page, Ended ended);
  /// Takes the transaction back if it has not ended. False if it has.
  bool abort(uint64_t transaction);

  /// The page is gone: of what it began, the first part is done, the rest never. Nobody is told.
  void abandon(uint32_t page);
  /// From here on nothing fails any more.
  void heal();

  const std::map<RowKey, KeptRow>& rows() const { return rows_; }
  bool has(RowKey key) const { return rows_.count(key) > 0; }

 private:
  enum class Kind { put, remove, read };
  struct Transaction {
    uint64_t number;
    uint32_t page;
    Kind kind;
    RowKey key;
    KeptRow row;
    Ended ended;
  };

  uint64_t begin(Transaction transaction);
  bool commit(const Transaction& transaction);
  void finish(uint64_t number);

  LastingStorageTraits traits_;
  Random& random_;
  Timeline& timeline_;
  std::map<RowKey, KeptRow> rows_;
  std::deque<Transaction> under_way_;
  size_t bytes_ = 0;
  double last_end_ms_ = 0;
  uint64_t last_number_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_LASTING_STORAGE_H
