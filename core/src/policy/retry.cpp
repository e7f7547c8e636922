// Full jitter: a wait between nothing and the whole of an interval that doubles with each failure.
#include "policy/retry.h"

#include <string.h>

#include "model/limits.h"

namespace piste {

namespace {

/// A number from 0 up to, not including, 1.
double fraction_of(const uint8_t (&entropy)[16]) {
  uint32_t word = 0;
  memcpy(&word, entropy, sizeof word);
  return word / 4294967296.0;
}

/// As the protocol has it.
Verdict judge_by_protocol(int32_t outcome, uint32_t& final_index) {
  if (outcome >= 200 && outcome < 300) return Verdict::delivered;
  for (uint32_t i = 0; i < kFinalStatusCount; ++i) {
    if (kFinalStatuses[i] != outcome) continue;
    final_index = i;
    return Verdict::rejected;
  }
  return Verdict::retry;
}

}  // namespace

Verdict judge(int32_t outcome, [[maybe_unused]] const Settings& settings, uint32_t& final_index) {
  const Verdict verdict = judge_by_protocol(outcome, final_index);
#ifndef PISTE_LEAN
  if (verdict == Verdict::delivered) return verdict;
  if (!settings.retry_failed()) return Verdict::given_up;
  if (settings.retried_statuses().has(outcome)) return Verdict::retry;
  if (settings.final_statuses().has(outcome)) return Verdict::given_up;
#endif
  return verdict;
}

void Retry::succeed() {
  failures_ = 0;
  opens_at_ms_ = 0;
  obeyed_until_ms_ = 0;
}

void Retry::fail(double retry_after_ms, const Moment& now) {
  double interval_ms = kFirstRetryMs;
  for (double i = 0; i < failures_ && interval_ms < kLongestRetryMs; ++i) interval_ms *= 2;
  if (interval_ms > kLongestRetryMs) interval_ms = kLongestRetryMs;
  ++failures_;
  opens_at_ms_ = now.mono_ms + interval_ms * fraction_of(now.entropy);
  obey(retry_after_ms, now);
}

void Retry::obey(double retry_after_ms, const Moment& now) {
  // Several requests may fail together: an answer without the header does not take back what another one asked for.
  const double until_ms = now.mono_ms + (retry_after_ms > kLongestRetryAfterMs ? kLongestRetryAfterMs : retry_after_ms);
  if (until_ms > obeyed_until_ms_) obeyed_until_ms_ = until_ms;
}

void Retry::hurry() { opens_at_ms_ = 0; }

}  // namespace piste
