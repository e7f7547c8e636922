// The events that wait for the collector: a bounded list of rows, oldest first, ended by id or by request.
#ifndef PISTE_POLICY_OUTBOX_H
#define PISTE_POLICY_OUTBOX_H

#include "model/consent.h"
#include "model/limits.h"
#include "model/row.h"

namespace piste {

/// How safe the storage is to keep a row.
enum class Keeping : uint8_t {
  none = 0,
  page,    ///< It survives the page.
  lasting  ///< It survives the sudden death of the host, too.
};

constexpr uint8_t kMostWorth = static_cast<uint8_t>(Priority::high) * 2 + 1;

/// One event. Made, linked and freed by the outbox.
struct Row {
  Row* next;
  double id;
  double batch;  ///< The request that carries it; 0 when it waits.
  double taken_ms;
  uint32_t size;
  uint32_t company;  ///< Most events in a request with it: less after such a request was refused.
  RowKind kind;
  Priority priority;
  uint8_t purposes;    ///< See RowHead.
  bool is_impersonal;  ///< See RowHead.
  Keeping asked;       ///< What the storage was asked for.
  bool stored;         ///< The storage has confirmed a copy.
  bool frozen;    ///< Not all of its purposes are granted now: it is neither sent nor stored. Without consent: never.
  uint8_t worth;  ///< To send: by priority, and of one priority more if no request has carried it. At most kMostWorth.
  int32_t outcome;  ///< Once ended: the HTTP status, or 0.
  Status why;       ///< Once ended.

  const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  Text text() const { return {bytes(), size}; }
  bool waits() const { return batch == 0; }
  bool is_frozen() const { return kHasConsent && frozen; }
  /// No more was asked for than that it survives the page, and it is time that counts from then on.
  bool is_fleeting() const { return asked == Keeping::page && !is_frozen(); }
};

/// Appending a new row, and asking for and confirming storage, cost the same however long the list is. A row that is
/// taken over, the end of a request, and making room cost one walk over it.
class Outbox {
 public:
  Outbox() = default;
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  /// Takes in a row, which is text that starts with `head`: a new one at the end, one that is `stored` already before
  /// the rows that were taken later. Fails with queue_full or no_memory.
  Status insert(double id, Text row, const RowHead& head, bool stored);
  /// Ends waiting rows of lower priority, the least and oldest first, until `size` bytes are free; returns how many.
  /// Ends none if that is not enough.
  uint32_t make_room(uint32_t size, Priority priority);

  /// The next row that the storage is to keep as `keeping` says and was not asked to; null if there is none.
  const Row* take_to_store(Keeping keeping);
  /// The storage has kept row `id`.
  void mark_stored(double id);
  /// Rows whose copy is confirmed.
  uint32_t stored_count() const { return stored_count_; }
  /// Rows for which no more was asked than to survive the page; those that are frozen are left out.
  uint32_t fleeting_count() const { return fleeting_count_; }

  Row* first() const { return first_; }
  /// There is a row that may be sent, now or after what it waits for.
  bool has_sendable() const;
  uint32_t waiting_bytes() const { return waiting_bytes_; }

  /// Puts a row that waits into request `batch`: it is worth less from here on.
  void dispatch(Row* row, double batch);
  /// The request failed: its rows wait again, in requests of at most `company` events.
  void release(double batch, uint32_t company = UINT32_MAX);
  /// The request ended its rows. Returns how many.
  uint32_t end(double batch, Status why, int32_t outcome);
  /// The visitor's consent has changed: ends the rows of which a purpose is denied, also those in a request, freezes
  /// those of which one is unknown, and thaws the others. Returns how many it has ended.
  uint32_t heed(const Consent& consent);
  /// Forgets the rows that are stored. Returns how many.
  uint32_t forget_stored();

  /// The next row that has ended, oldest first, valid until the next call; null if there is none.
  const Row* take_ended();

 private:
  /// Takes the row at `at` out of the list.
  Row* unlink(Row** at);
  void end(Row** at, Status why, int32_t outcome);

  Row* first_ = nullptr;
  Row** tail_ = &first_;
  /// Where to look for the first row to be asked for by take_to_store(), by keeping; and to be confirmed.
  Row* cursors_[3] = {};
  Row* ended_ = nullptr;
  Row** ended_tail_ = &ended_;
  Row* given_ = nullptr;  ///< What take_ended() gave last.
  uint32_t bytes_ = 0;
  uint32_t ended_bytes_ = 0;
  uint32_t fleeting_count_ = 0;
  uint32_t waiting_bytes_ = 0;
  uint32_t stored_count_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_OUTBOX_H
