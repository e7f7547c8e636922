// When the collector may be asked again: exponential backoff with full jitter, `Retry-After`, and who of several may.
#ifndef PISTE_POLICY_RETRY_H
#define PISTE_POLICY_RETRY_H

#include "base/moment.h"
#include "model/settings.h"

namespace piste {

/// What an answer means for the events of its request.
enum class Verdict {
  delivered,
  retry,
  rejected,  ///< Without some of them it may be delivered.
  given_up   ///< The host wants none of them sent again. Not in the lean flavour.
};

/// Judges an HTTP status (or a negative outcome). `final_index` is set to the place in kFinalStatuses if it stands
/// there.
Verdict judge(int32_t outcome, const Settings& settings, uint32_t& final_index);

/// The right to try a collector that is down, which one tracker of all contexts has.
enum class Probe : uint8_t { none, asked, held };

/// The gate in front of the collector. Open at first. After a failure it opens only for the one who has the probe.
class Retry {
 public:
  /// The collector answered: the gate opens.
  void succeed();
  /// The collector failed: the gate closes for a random time, and at least for `retry_after_ms`, of which no more than
  /// kLongestRetryAfterMs counts.
  void fail(double retry_after_ms, const Moment& now);
  /// One more request failed of those that were under way together: only its `retry_after_ms` counts.
  void obey(double retry_after_ms, const Moment& now);
  /// Something changed (network, visibility, the user's wish): the random wait ends. A Retry-After does not.
  void hurry();

  void set_probe(Probe probe) { probe_ = probe; }
  Probe probe() const { return probe_; }
  /// True if only somebody else's giving up the probe can open the gate.
  bool is_barred() const { return failures_ > 0 && probe_ != Probe::held; }

  /// The mono_ms from which a request may go out, unless the gate is barred.
  double opens_at_ms() const { return opens_at_ms_ > obeyed_until_ms_ ? opens_at_ms_ : obeyed_until_ms_; }
  double failures() const { return failures_; }

 private:
  double failures_ = 0;
  double opens_at_ms_ = 0;
  double obeyed_until_ms_ = 0;
  Probe probe_ = Probe::none;
};

}  // namespace piste

#endif  // PISTE_POLICY_RETRY_H
