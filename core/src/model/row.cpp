// The form of rows. A change of form takes a new version character, so that old rows are told apart.
#include "model/row.h"

#include "base/decimal.h"
#include "base/utf8.h"

namespace piste {

namespace {

constexpr char kVersion = '2';

/// Added to times, so that all of them have as many digits.
constexpr double kTimeBase = 1e13;
constexpr uint32_t kTimeAt = 4;

#ifdef PISTE_CONSENT
constexpr uint32_t kPriorityBits = 2;
constexpr uint32_t kPriorityMask = 3;
constexpr uint32_t kLowBits = 3;
constexpr uint32_t kLowMask = 7;

constexpr uint32_t kTimeBytes = kRowHeaderBytes - kTimeAt;

/// Reads priority, purposes and time. False if they are none.
bool read_use(Text row, RowHead& head) {
  const auto low = static_cast<uint32_t>(row[3] - '0');
  const auto high = static_cast<uint32_t>(row[kTimeAt] - '1');
  if (low >> kPriorityBits > kLowMask || high >> (kMaxPurposes - kLowBits) != 0) return false;
  head.purposes = static_cast<uint8_t>((low >> kPriorityBits | high << kLowBits) ^ kUsualPurposes);
  head.taken_ms = parse_digits(row.part(kTimeAt + 1, kTimeBytes - 1));
  // What is for nothing would need nobody's consent.
  return head.purposes != 0 && head.taken_ms >= 0 &&
         priority_of(static_cast<char>('0' + (low & kPriorityMask)), head.priority);
}
#else
bool read_use(Text row, RowHead& head) {
  head.taken_ms = parse_digits(row.part(kTimeAt, kRowHeaderBytes - kTimeAt)) - kTimeBase;
  return priority_of(row[3], head.priority) && head.taken_ms >= 0 && head.taken_ms < kTimeBase;
}
#endif

}  // namespace

bool priority_of(char digit, Priority& priority) {
  if (digit < '0' || digit > '2') return false;
  priority = static_cast<Priority>(digit - '0');
  return true;
}

void append_row_head(Bytes& out, const RowHead& head) {
  out.push(kVersion);
  out.push(head.kind.query ? 'g' : 'p');
  out.push(head.kind.anonymous ? 'a' : '-');
  auto use = static_cast<uint32_t>(head.priority);
#ifdef PISTE_CONSENT
  const uint32_t others = head.purposes ^ kUsualPurposes;
  use += (others & kLowMask) << kPriorityBits;
#endif
  out.push(static_cast<char>('0' + use));
  append_integer(out, kTimeBase + (head.taken_ms > 0 && head.taken_ms < kTimeBase ? head.taken_ms : 0));
#ifdef PISTE_CONSENT
  if (!out.ok()) return;
  char* const first_digit = out.reserve(0) - kTimeBytes;
  *first_digit = static_cast<char>(*first_digit + (others >> kLowBits));
#endif
}

Status read_row_head(Text row, RowHead& head) {
  if (row.size <= kRowFrameBytes || row[0] != kVersion || row.back() != kRowEnd || !is_utf8(row)) {
    return Status::unreadable_row;
  }
  head.kind = {row[1] == 'g', row[2] == 'a'};
  const bool known =
      (head.kind.query || row[1] == 'p') && (head.kind.anonymous || row[2] == '-') && read_use(row, head);
  return known ? Status::ok : Status::unreadable_row;
}

}  // namespace piste
