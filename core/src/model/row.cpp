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
  out.push(static_cast<char>('0' + static_cast<int>(head.priority)));
  append_integer(out, kTimeBase + (head.taken_ms > 0 && head.taken_ms < kTimeBase ? head.taken_ms : 0));
}

Status read_row_head(Text row, RowHead& head) {
  if (row.size <= kRowFrameBytes || row[0] != kVersion || row.back() != kRowEnd || !is_utf8(row)) {
    return Status::unreadable_row;
  }
  head.kind = {row[1] == 'g', row[2] == 'a'};
  head.taken_ms = parse_digits(row.part(kTimeAt, kRowHeaderBytes - kTimeAt)) - kTimeBase;
  const bool known = (head.kind.query || row[1] == 'p') && (head.kind.anonymous || row[2] == '-') &&
                     priority_of(row[3], head.priority) && head.taken_ms >= 0 && head.taken_ms < kTimeBase;
  return known ? Status::ok : Status::unreadable_row;
}

}  // namespace piste
