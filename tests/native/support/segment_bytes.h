// Builds the bytes of a segment's file by hand.
#ifndef PISTE_TESTS_NATIVE_SUPPORT_SEGMENT_BYTES_H
#define PISTE_TESTS_NATIVE_SUPPORT_SEGMENT_BYTES_H

#include <string>

#include "journal/format.h"

/// A head without marks or seal.
inline std::string segment_head(uint32_t version = piste::native::kFormatVersion) {
  std::string head(piste::native::kHeadBytes, '\0');
  piste::native::write_description({version, piste::native::kHeadBytes, 5.0}, head.data());
  return head;
}

inline std::string record(const std::string& row, uint32_t index) {
  std::string head(piste::native::kRecordHeadBytes, '\0');
  piste::native::write_record_head(row, index, head.data());
  return head + row;
}

#endif  // PISTE_TESTS_NATIVE_SUPPORT_SEGMENT_BYTES_H
