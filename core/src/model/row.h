// A stored event: a header of fixed size, the finished payload, and an end.
#ifndef PISTE_MODEL_ROW_H
#define PISTE_MODEL_ROW_H

#include "base/bytes.h"
#include "base/status.h"
#include "model/limits.h"

namespace piste {

/// What decides which events may share a request.
struct RowKind {
  bool query = false;      ///< The payload is a query string for GET; else a JSON object for POST.
  bool anonymous = false;  ///< The request carries `SP-Anonymous: *`.
};

inline bool operator==(RowKind a, RowKind b) { return a.query == b.query && a.anonymous == b.anonymous; }

/// How much an event is worth when there is not room for all: in a full outbox, and in the last requests of a page.
enum class Priority : uint8_t { low = 0, normal, high };

/// Reads the digit of a priority. False, and no effect, if it is none.
bool priority_of(char digit, Priority& priority);

/// Purposes by bit, as events and rows name all that they are for.
constexpr uint8_t set_of(uint32_t purpose) { return static_cast<uint8_t>(1U << purpose); }

/// Of what is for analytics alone.
constexpr uint8_t kUsualPurposes = set_of(kAnalytics);

/// What the header tells.
struct RowHead {
  RowKind kind;
  Priority priority = Priority::normal;
  double taken_ms = 0;                ///< Device time when the event was taken. Whole, from 0 to less than 10^13.
  uint8_t purposes = kUsualPurposes;  ///< All that its data are for, by bit.
  bool is_impersonal = false;  ///< Nothing of the visitor is in it, and it is never stored. The text does not tell.
};

/// The header: version, form (`p` or `g`), anonymity (`a` or `-`), priority, and 14 digits: 10^13 + taken_ms. Where
/// there is consent the last two say the purposes, too, such that those of what is for analytics alone add nothing:
/// each bit stands for a purpose, that of analytics the other way round. The three lowest are added to the priority,
/// times four; the others to the first digit.
constexpr uint32_t kRowHeaderBytes = 18;

/// After the payload, which never has it: a row without it was cut off.
constexpr char kRowEnd = '\n';

/// Bytes of a row besides its payload.
constexpr uint32_t kRowFrameBytes = kRowHeaderBytes + 1;

/// Appends the header of a row; payload and kRowEnd follow by the caller.
void append_row_head(Bytes& out, const RowHead& head);

/// Reads the header of `row`. Fails with unreadable_row if the row is not of a known version or visibly torn.
Status read_row_head(Text row, RowHead& head);

/// The payload of a row that has been read or written before.
inline Text payload_of(Text row) { return row.part(kRowHeaderBytes, row.size - kRowFrameBytes); }

}  // namespace piste

#endif  // PISTE_MODEL_ROW_H
