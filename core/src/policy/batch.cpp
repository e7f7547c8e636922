// The arithmetic of a request body: envelope, payloads, sending times and commas.
#include "policy/batch.h"

#include "model/request.h"

namespace piste {

bool Batch::take(uint32_t row_bytes, RowKind kind) {
  const uint32_t payload_bytes = row_bytes - kRowHeaderBytes + kSentTimeBytes;
  if (count_ == 0) {
    kind_ = kind;
    bytes_ = kEnvelopeBytes + payload_bytes;
    count_ = 1;
    return true;
  }
  const uint32_t with_comma = bytes_ + payload_bytes + 1;
  if (kind.query || !(kind == kind_) || with_comma > limit_bytes_) return false;
  bytes_ = with_comma;
  ++count_;
  return true;
}

}  // namespace piste
