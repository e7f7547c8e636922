// What comes back to a tracker: the outcomes of its actions, and what is to be said of them.
#include "engine/tracker.h"

namespace piste {

Status Tracker::done(double id, int32_t outcome, double retry_after_ms, const Moment& now) {
  if (const uint32_t event_count = in_flight_.remove(id))
    return conclude(id, event_count, outcome, retry_after_ms, now);
  if (outcome != static_cast<int32_t>(Outcome::ok)) return Status::ok;
  outbox_.mark_stored(id);
  if (gone_) ledger_.release(outbox_.forget_stored());
  return Status::ok;
}

Status Tracker::conclude(double id, uint32_t event_count, int32_t outcome, double retry_after_ms, const Moment& now) {
  uint32_t final_index = kFinalStatusCount - 1;
  const Verdict verdict = judge(outcome, settings_, final_index);
  if (verdict == Verdict::retry) {
    fail(id, retry_after_ms, now);
    return Status::ok;
  }
  retry_.succeed();
  if (verdict == Verdict::delivered) {
    bisection_.deliver();
    ledger_.deliver(outbox_.end(id, Status::ok, outcome));
    return Status::ok;
  }
  const bool may_divide = !kIsFull || verdict == Verdict::rejected;
  if (const uint32_t company = may_divide ? bisection_.refuse(event_count) : 0) {
    outbox_.release(id, company);
    return Status::ok;
  }
  ledger_.reject(final_index, outbox_.end(id, Status::rejected, kIsFull && outcome < 0 ? 0 : outcome));
  return Status::rejected;
}

void Tracker::fail(double id, double retry_after_ms, const Moment& now) {
  last_seen_ms_ = now.mono_ms;
  outbox_.release(id);
  // Requests that were under way together fail together: that is one failure.
  if (retry_.opens_at_ms() > now.mono_ms) {
    retry_.obey(retry_after_ms, now);
  } else {
    retry_.fail(retry_after_ms, now);
  }
}

double Tracker::read(Count count) const {
  switch (count) {
    case Count::pending:
      return ledger_.pending();
    case Count::stored:
      return outbox_.stored_count();
    case Count::in_flight:
      return in_flight_.count();
    case Count::failures:
      return retry_.failures();
    case Count::retry_in_ms:
      return retry_.failures() > 0 && retry_.opens_at_ms() > last_seen_ms_ ? retry_.opens_at_ms() - last_seen_ms_ : 0;
    default:
      return ledger_.read(count);
  }
}

}  // namespace piste
