// The events that wait for the collector: a bounded list of rows, in order, acknowledged by id.
#ifndef PISTE_POLICY_OUTBOX_H
#define PISTE_POLICY_OUTBOX_H

#include "model/limits.h"
#include "model/row.h"

namespace piste {

/// What the storage knows of a row.
enum class Kept : uint8_t { not_yet, stored, memory_only };

/// One event. Made, linked and freed by the outbox.
struct Row {
  Row* next;
  double id;
  double batch;  ///< The request that carries it; 0 when it waits.
  uint32_t size;
  RowKind kind;
  Kept kept;

  const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  Text text() const { return {bytes(), size}; }
  bool waits() const { return batch == 0; }
};

/// Appending and storing cost the same however long the list is. The end of a request costs one walk over it.
class Outbox {
 public:
  Outbox() = default;
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  /// Appends a row, which is text that read_row_kind() can read. Fails with queue_full or no_memory.
  Status append(double id, Text row, RowKind kind);

  /// The next row to store, marked as stored; null if there is none. Rows beyond kMaxStoredBytes are kept in memory
  /// only.
  const Row* take_unstored();
  /// The storage refused the row that take_unstored() gave last, if that is row `id`.
  void mark_unstored(double id);

  /// The oldest row.
  Row* first() const { return first_; }
  /// The first row from `row` on that waits.
  static Row* next_waiting(Row* row);
  uint32_t waiting_bytes() const { return waiting_bytes_; }

  /// Puts a row that waits into request `batch`.
  void dispatch(Row* row, double batch);
  /// The request failed: its rows wait again.
  void release(double batch);
  /// The request ended for good: its rows go. Returns how many.
  uint32_t remove(double batch);

  /// The id of a removed row that is still stored, for erasure; 0 if there is none.
  double take_erased();

 private:
  void retire(Row* row);

  Row* first_ = nullptr;
  Row* last_ = nullptr;
  Row* unstored_ = nullptr;  ///< The first row that the storage was not asked to keep.
  Row* asked_ = nullptr;     ///< The row that take_unstored() gave last.
  Row* erased_ = nullptr;    ///< Removed rows whose stored copy is to be erased.
  uint32_t bytes_ = 0;
  uint32_t stored_bytes_ = 0;
  uint32_t waiting_bytes_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_OUTBOX_H
