// Which events share a request: exact bytes, one kind, in order.
#ifndef PISTE_POLICY_BATCH_H
#define PISTE_POLICY_BATCH_H

#include "model/row.h"

namespace piste {

/// Takes rows one by one until one does not fit.
class Batch {
 public:
  /// `limit_bytes`: of the request body, envelope and sending times included.
  explicit Batch(uint32_t limit_bytes) : limit_bytes_(limit_bytes) {}

  /// True if the row belongs into this batch; then it counts as taken. The first always does, however large: an event
  /// that is over the limit goes out alone, and never blocks those behind it. GET requests carry one event. `company`:
  /// the most events that a request with this one may have.
  bool take(uint32_t row_bytes, RowKind kind, uint32_t company);

  uint32_t count() const { return count_; }
  RowKind kind() const { return kind_; }
  /// Bytes of the body so far. For GET, of the body that a POST would have: an upper bound of what is sent.
  uint32_t bytes() const { return bytes_; }

 private:
  uint32_t limit_bytes_;
  uint32_t count_ = 0;
  uint32_t company_ = 0;
  uint32_t bytes_ = 0;
  RowKind kind_;
};

}  // namespace piste

#endif  // PISTE_POLICY_BATCH_H
