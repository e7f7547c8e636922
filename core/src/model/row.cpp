// The form of rows. A change of form takes a new version character, so that old rows are told apart.
#include "model/row.h"

#include "base/utf8.h"

namespace piste {

namespace {
constexpr char kVersion = '1';
}

void append_row_header(Bytes& out, RowKind kind) {
  out.push(kVersion);
  out.push(kind.query ? 'g' : 'p');
  out.push(kind.anonymous ? 'a' : '-');
}

Result<RowKind> read_row_kind(Text row) {
  if (row.size < kRowHeaderBytes + 2 || row[0] != kVersion || !is_utf8(row)) return Status::unreadable_row;
  const RowKind kind{row[1] == 'g', row[2] == 'a'};
  const bool header_is_known = (kind.query || row[1] == 'p') && (kind.anonymous || row[2] == '-');
  // A POST payload is an object: a row that was cut off in the middle does not end as one.
  const bool whole = kind.query || (row[kRowHeaderBytes] == '{' && row.back() == '}');
  return header_is_known && whole ? Result<RowKind>(kind) : Result<RowKind>(Status::unreadable_row);
}

}  // namespace piste
