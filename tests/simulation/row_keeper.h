// The Storage port of a page: which rows it keeps, where, in whose name; and what it takes over from the dead.
#ifndef TESTS_SIMULATION_ROW_KEEPER_H
#define TESTS_SIMULATION_ROW_KEEPER_H

#include <deque>
#include <set>
#include <unordered_map>
#include <vector>

#include "row_key.h"

namespace simulation {

class Page;
class World;

/// Rows are told by the tracker's ids; copies by their keys, which of adopted rows are those of the dead.
class RowKeeper {
 public:
  /// Most bytes that one page puts into the page storage, of which the whole site has some five million.
  static constexpr size_t kMostPageBytes = size_t{1} << 20;

  RowKeeper(World& world, Page& page) : world_(world), page_(page) {}

  /// A page life begins: a new name, whose lock is held from here on.
  void begin_life();
  /// PISTE_ACTION_STORE. Reports to the page, now or later.
  void put(double id, const std::string& text, uint64_t event, bool lasting);
  /// PISTE_ACTION_ERASE.
  void erase(double id);
  /// Takes over what the dead have left, in its own time.
  void adopt();
  /// Another page has rows: asks to be given its lock when it is gone.
  void watch(uint32_t owner);
  /// The lock of a page that is gone is this one's.
  void inherit(uint32_t owner);
  /// Offers the tracker what it had no room for.
  void offer_leftovers();
  /// The page is put away: what is not confirmed is saved, then everything belongs to whoever adopts it. Gives the ids
  /// of the rows that the tracker knows to be stored, which it forgets with PISTE_SIGNAL_GONE.
  std::vector<double> release();

  size_t confirmed_count() const { return confirmed_count_; }
  bool is_confirmed(double id) const;
  /// Bytes of the rows that the storage was asked to keep, or that were adopted.
  size_t row_bytes() const { return row_bytes_; }
  size_t row_count() const { return kept_.size(); }
  /// Bytes that this page has put into the page storage.
  size_t page_bytes() const { return page_bytes_; }
  /// When the oldest row that is not asked to be lasting was asked to be stored; negative if there is none.
  double fleeting_since_ms();
  /// The visitor lets row `id` be used again: from now on it counts anew.
  void thaw(double id);
  /// True when nothing is left to be adopted by this page.
  bool is_done() const { return !adopting_ && reads_ == 0 && leftovers_.empty(); }
  /// Why the row `id` is lost if there is no copy of it; null if that is not to be excused.
  const char* excuse(double id) const;

 private:
  enum class Lasting { no, asked, there, refused };
  struct Kept {
    RowKey key;
    KeptRow row;
    double asked_ms = 0;
    bool in_page = false;
    size_t page_bytes = 0;  ///< What it takes there of this page's share.
    Lasting lasting = Lasting::no;
    bool may_last = false;  ///< There is, or may be, a copy in the lasting storage.
    uint64_t transaction = 0;
    bool reported = false;   ///< The tracker was told how storing ended, at least once.
    bool confirmed = false;  ///< The tracker knows that a copy is there.
  };

  bool put_in_page(Kept& kept);
  void take_out_of_page(Kept& kept);
  void begin_lasting(double id, Kept& kept);
  void end_lasting(double id, uint32_t life, bool committed);
  void report(double id, Kept& kept, bool stored);
  void forget(uint64_t id);
  void give_up_lasting(double id, Kept& kept);
  void take_locks(bool lasting_is_readable);
  void read_rows(const std::set<uint32_t>& owners);
  void restore_rows(const std::set<uint32_t>& owners, bool lasting_is_readable);
  bool restore(RowKey key);
  void remove_copies(RowKey key);

  World& world_;
  Page& page_;
  uint32_t owner_ = 0;
  std::unordered_map<uint64_t, Kept> kept_;
  std::deque<uint64_t> fleeting_;  ///< Ids by the time when they were asked for; some of them are gone.
  std::deque<RowKey> leftovers_;
  bool adopting_ = false;
  uint32_t reads_ = 0;                ///< Of rows that are to be taken over.
  bool lasting_is_readable_ = false;  ///< When rows were last taken over.
  size_t confirmed_count_ = 0;
  size_t row_bytes_ = 0;
  size_t page_bytes_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_ROW_KEEPER_H
