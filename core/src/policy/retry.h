// When the collector may be asked again: exponential backoff with full jitter, and `Retry-After`.
#ifndef PISTE_POLICY_RETRY_H
#define PISTE_POLICY_RETRY_H

#include "base/moment.h"
#include "base/text.h"

namespace piste {

/// What an answer means for the events of its request.
enum class Verdict { delivered, retry, rejected };

/// Judges an HTTP status (or a negative outcome). `final_index` is set to the place in kFinalStatuses if rejected.
Verdict judge(int32_t outcome, uint32_t& final_index);

/// Reads a `Retry-After` header, seconds or a date (RFC 9110, section 10.2.3), into ms from now; 0 if it is neither or
/// past. At most kLongestRetryAfterMs.
double parse_retry_after(Text header, double wall_ms);

/// The gate in front of the collector. Open at first.
class Retry {
 public:
  /// The collector answered: the gate opens.
  void succeed();
  /// The collector failed: the gate closes for a random time, and at least for `retry_after_ms`.
  void fail(double retry_after_ms, const Moment& now);
  /// One more request failed of those that were under way together: only its `retry_after_ms` counts.
  void obey(double retry_after_ms, const Moment& now);
  /// Something changed (network, visibility, the user's wish): the random wait ends. A Retry-After does not.
  void hurry();

  /// The mono_ms from which a request may go out.
  double opens_at_ms() const { return opens_at_ms_ > obeyed_until_ms_ ? opens_at_ms_ : obeyed_until_ms_; }
  double failures() const { return failures_; }

 private:
  double failures_ = 0;
  double opens_at_ms_ = 0;
  double obeyed_until_ms_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_RETRY_H
