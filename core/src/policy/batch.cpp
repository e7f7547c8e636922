// The arithmetic of a request body: envelope, payloads, sending times and commas.
#include "policy/batch.h"

#include "model/request.h"

namespace piste {

bool Batch::take(uint32_t row_bytes, RowKind kind, uint32_t company) {
  const uint32_t payload_bytes = row_bytes - kRowFrameBytes + kSentTimeBytes;
  if (count_ == 0) {
    kind_ = kind;
    company_ = company;
    bytes_ = kEnvelopeBytes + payload_bytes;
    count_ = 1;
    return true;
  }
  const uint32_t with_comma = bytes_ + payload_bytes + 1;
  if (kind.query || !(kind == kind_) || with_comma > limit_bytes_) return false;
  if (company < company_) company_ = company;
  if (count_ >= company_) return false;
  bytes_ = with_comma;
  ++count_;
  return true;
}

}  // namespace piste
