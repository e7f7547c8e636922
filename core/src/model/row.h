// A stored event: three characters of header, then the finished payload.
#ifndef PISTE_MODEL_ROW_H
#define PISTE_MODEL_ROW_H

#include "base/bytes.h"
#include "base/status.h"

namespace piste {

/// What decides which events may share a request.
struct RowKind {
  bool query = false;      ///< The payload is a query string for GET; else a JSON object for POST.
  bool anonymous = false;  ///< The request carries `SP-Anonymous: *`.
};

inline bool operator==(RowKind a, RowKind b) { return a.query == b.query && a.anonymous == b.anonymous; }

/// The header: version, form (`p` or `g`), anonymity (`a` or `-`).
constexpr uint32_t kRowHeaderBytes = 3;

/// Appends the header of a row; the payload follows by the caller.
void append_row_header(Bytes& out, RowKind kind);

/// Reads the header of `row`. Fails with unreadable_row if the row is not of a known version or visibly torn.
Result<RowKind> read_row_kind(Text row);

/// The payload of a row that has been read or written before.
inline Text payload_of(Text row) { return row.part(kRowHeaderBytes, row.size - kRowHeaderBytes); }

}  // namespace piste

#endif  // PISTE_MODEL_ROW_H
