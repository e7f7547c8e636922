// Reads the fields of a packed buffer: each a little-endian uint32 size followed by so many bytes.
#ifndef PISTE_BASE_FIELD_READER_H
#define PISTE_BASE_FIELD_READER_H

#include "base/text.h"

namespace piste {

/// Walks a buffer that it does not own. Fields view the buffer.
class FieldReader {
 public:
  explicit FieldReader(Text buffer) : rest_(buffer) {}

  /// Gives the next field; empty, and failed() from then on, if the buffer is cut short.
  Text next();
  bool failed() const { return failed_; }
  /// What was not read yet.
  Text rest() const { return rest_; }
  /// True when every byte was read.
  bool at_end() const { return rest_.empty(); }

 private:
  Text rest_;
  bool failed_ = false;
};

}  // namespace piste

#endif  // PISTE_BASE_FIELD_READER_H
