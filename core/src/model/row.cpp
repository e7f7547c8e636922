// The form of rows. A change of form takes a new version character, so that old rows are told apart.
#include "model/row.h"

#include "base/utf8.h"

namespace piste {

namespace {

constexpr char kVersion = '1';

/// True if an object of texts ends here, with a quote and a brace. One that was cut off ends so only by the JSON inside
/// a text, whose quotes are escaped; sent, it would spoil the whole request.
bool is_whole_object(Text payload) {
  if (payload.size < 3 || payload[0] != '{' || payload.back() != '}' || payload[payload.size - 2] != '"') return false;
  // The brace at the start ends the loop.
  uint32_t at = payload.size - 3;
  while (payload[at] == '\\') --at;
  return (payload.size - 3 - at) % 2 == 0;
}

}  // namespace

void append_row_header(Bytes& out, RowKind kind) {
  out.push(kVersion);
  out.push(kind.query ? 'g' : 'p');
  out.push(kind.anonymous ? 'a' : '-');
}

Result<RowKind> read_row_kind(Text row) {
  if (row.size < kRowHeaderBytes + 2 || row[0] != kVersion || !is_utf8(row)) return Status::unreadable_row;
  const RowKind kind{row[1] == 'g', row[2] == 'a'};
  const bool header_is_known = (kind.query || row[1] == 'p') && (kind.anonymous || row[2] == '-');
  const bool whole = kind.query || is_whole_object(payload_of(row));
  return header_is_known && whole ? Result<RowKind>(kind) : Result<RowKind>(Status::unreadable_row);
}

}  // namespace piste
