// A form whose blanks are control characters: what a call for each member would be costs the wasm twice as much.
#include "model/client_session.h"

#include "base/decimal.h"
#include "base/iso_time.h"

namespace piste {

namespace {

constexpr Text kNobody = "00000000-0000-0000-0000-000000000000";

/// Blanks from 1 on are ids in the order of Identity, those from 5 on numbers; but one of them is a time, and the last
/// one says where the identity is kept.
constexpr char kFirstId = 1;
constexpr char kFirstNumber = kFirstId + Identity::id_count;
constexpr char kFirstEventTime = kFirstNumber + Identity::first_event_ms;
constexpr char kMechanism = kFirstNumber + Identity::number_count;
constexpr Text kForm =
    "{\"userId\":\x01,\"sessionId\":\x02,\"eventIndex\":\x0A,\"sessionIndex\":\x06,\"previousSessionId\":\x03,"
    "\"storageMechanism\":\"\x0B\",\"firstEventId\":\x04,\"firstEventTimestamp\":\x09}";
static_assert(kFirstEventTime == 9 && kMechanism == 11);

void append_id(Bytes& out, const IdentityView& view, uint32_t place) {
  Text id = view.id(static_cast<Identity::IdPlace>(place));
  if (id.empty() && place == Identity::user) id = kNobody;
  // The schema asks for some members to be there, with or without a value.
  if (id.empty()) return out.append("null");
  out.push('"');
  out.append(id);
  out.push('"');
}

}  // namespace

void append_client_session(Bytes& out, const IdentityView& view) {
  for (uint32_t i = 0; i < kForm.size; ++i) {
    const char blank = kForm[i];
    if (blank >= ' ') {
      out.push(blank);
    } else if (blank < kFirstNumber) {
      append_id(out, view, static_cast<uint32_t>(blank - kFirstId));
    } else if (blank == kMechanism) {
      out.append(view.is_local ? Text("LOCAL_STORAGE") : Text("COOKIE_1"));
    } else {
      const double number = view.number(static_cast<Identity::NumberPlace>(blank - kFirstNumber));
      if (blank != kFirstEventTime) {
        append_integer(out, number);
      } else if (number == kMissing) {
        out.append("null");
      } else {
        append_iso_time(out, number);
      }
    }
  }
}

}  // namespace piste
