// The names of the ledger's counts.
#include "abi/stats_text.h"

#include "base/json_writer.h"

namespace piste {

namespace {

constexpr const char* kReasonNames[] = {"invalid",    "too_large", "unserialisable", "queue_full", "closed",
                                        "unreadable", "evicted",   "expired",        "denied",     "no_memory"};

/// The last decimal digit. A status has three; no buffer, so that no memory can be missing.
char digit(int32_t number) { return static_cast<char>('0' + number % 10); }

Text terminated(const char* text) { return {text, static_cast<uint32_t>(strlen(text))}; }

Count operator+(Count count, uint32_t offset) { return static_cast<Count>(static_cast<uint32_t>(count) + offset); }

void write(JsonWriter& json, Text key, double number) {
  json.key(key);
  json.number(number);
}

void write_rejected(JsonWriter& json, const Tracker& tracker) {
  json.key("rejected");
  json.begin_object();
  for (uint32_t i = 0; i < kFinalStatusCount; ++i) {
    const double count = tracker.read(Count::rejected + i);
    if (count == 0) continue;
    const int32_t status = kFinalStatuses[i];
    const char digits[] = {digit(status / 100), digit(status / 10), digit(status)};
    write(json, {digits, sizeof digits}, count);
  }
  json.end_object();
}

void write_dropped(JsonWriter& json, const Tracker& tracker) {
  json.key("dropped");
  json.begin_object();
  uint32_t i = 0;
  for (const char* name : kReasonNames) {
    const double count = tracker.read(Count::dropped_invalid + i++);
    if (count != 0) write(json, terminated(name), count);
  }
  json.end_object();
}

}  // namespace

Text write_stats(Bytes& out, const Tracker& tracker) {
  out.clear();
  JsonWriter json(out);
  json.begin_object();
  write(json, "accepted", tracker.read(Count::accepted));
  write(json, "restored", tracker.read(Count::restored));
  write(json, "delivered", tracker.read(Count::delivered));
  write(json, "pending", tracker.read(Count::pending));
  write_rejected(json, tracker);
  write_dropped(json, tracker);
  write(json, "stored", tracker.read(Count::stored));
  write(json, "inFlight", tracker.read(Count::in_flight));
  write(json, "failures", tracker.read(Count::failures));
  write(json, "retryInMs", tracker.read(Count::retry_in_ms));
  json.end_object();
  return out.ok() ? out.text() : Text();
}

}  // namespace piste
