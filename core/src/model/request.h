// What goes over the wire around payloads: the POST envelope and the GET query (protocol facts, section 1.6).
#ifndef PISTE_MODEL_REQUEST_H
#define PISTE_MODEL_REQUEST_H

#include "base/bytes.h"

namespace piste {

/// Bytes of an envelope without events.
constexpr uint32_t kEnvelopeBytes = 88;

/// Bytes that the sending time adds to each payload of an envelope. Thirteen digits: until the year 2286.
constexpr uint32_t kSentTimeBytes = 22;

/// Appends the start of an envelope.
void append_envelope_start(Bytes& out);
/// Appends one payload, a JSON object, with its sending time (`stm`); a comma before all but the first.
void append_envelope_payload(Bytes& out, Text payload, double sent_ms, bool first);
/// Appends the end of an envelope.
void append_envelope_end(Bytes& out);

/// Appends `collector`, with a scheme if it has none: that of `page_url`, https unless that is plain http.
void append_collector(Bytes& out, Text collector, Text page_url);

/// Appends the path and query of a GET request for one payload, which is a query already.
void append_query(Bytes& out, Text payload, double sent_ms);

}  // namespace piste

#endif  // PISTE_MODEL_REQUEST_H
