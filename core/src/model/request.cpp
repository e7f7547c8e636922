// Requests around finished payloads. Nothing here reads JSON.
#include "model/request.h"

#include "base/decimal.h"

namespace piste {

namespace {

bool has_scheme(Text url) {
  for (uint32_t i = 0; i + 3 <= url.size; ++i) {
    if (url.part(i, 3) == Text("://")) return true;
  }
  return false;
}

}  // namespace

void append_envelope_start(Bytes& out) {
  out.append(R"({"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[)");
}

void append_envelope_payload(Bytes& out, Text payload, double sent_ms, bool first) {
  if (!first) out.push(',');
  out.append(payload.part(0, payload.size - 1));
  out.append(R"(,"stm":")");
  append_integer(out, sent_ms);
  out.append("\"}");
}

void append_envelope_end(Bytes& out) { out.append("]}"); }

void append_collector(Bytes& out, Text collector, Text page_url) {
  if (!has_scheme(collector)) out.append(starts_with(page_url, "http:") ? Text("http://") : Text("https://"));
  out.append(collector);
}

void append_query(Bytes& out, Text payload, double sent_ms) {
  out.append("/i?stm=");
  append_integer(out, sent_ms);
  out.push('&');
  out.append(payload);
}

}  // namespace piste
