// The outputs of a tracker: what the host is to do next, most urgent first.
#include "engine/tracker.h"
#include "model/request.h"

namespace piste {

namespace {

/// Bytes of the body of a request with this row alone.
uint32_t bytes_alone(const Row& row) { return kEnvelopeBytes + row.size - kRowFrameBytes + kSentTimeBytes; }

double earlier(double a_ms, double b_ms) { return a_ms != 0 && (b_ms == 0 || a_ms < b_ms) ? a_ms : b_ms; }

}  // namespace

ActionKind Tracker::next(const Moment& now) {
  last_seen_ms_ = now.mono_ms;
  action_ = {};
  // What was held first: the session begins with it. Then state: other pages read it. Erasing before storing makes room
  // for it; storing before sending means that no answer comes before its row is kept.
  if (prepare_draft() || prepare_state(now) || prepare_erase() || prepare_store(now) || prepare_probe() ||
      prepare_send(now))
    return action_.kind;
  exiting_ = false;
  return action_.kind = wait(now);
}

bool Tracker::prepare_state(const Moment& now) {
  if (!closed_) session_.begin(clock_.read(now), now);
  const uint32_t chore = session_.take_chore();
  if (chore == 0) return false;
  action_.kind = ActionKind::session;
  if (chore == kTellNews) return true;
  const bool is_marker = (chore & (kEraseMarker | kWriteMarker)) != 0;
  action_.kind = ActionKind::set_state;
  action_.state = is_marker ? 1 : 0;
  action_.state_max_age_s = -1;
  if (chore < kWriteIdentity) return true;
  scratch_.clear();
  session_.append_text(scratch_);
  action_.state_value = is_marker ? Text("*") : scratch_.text();
  action_.state_max_age_s = is_marker ? settings_.session_timeout_s() : settings_.user_lifetime_s();
  return true;
}

bool Tracker::prepare_erase() {
  const Row* row = outbox_.take_ended();
  if (row == nullptr) return false;
  action_.kind = ActionKind::erase;
  action_.set(Number::id, row->id);
  action_.set(Number::why, static_cast<int32_t>(row->why));
  action_.set(Number::outcome, row->outcome);
  action_.row = row->text();
  return true;
}

double Tracker::lasting_at_ms() const {
  return outbox_.fleeting_count() > 0 ? fleeting_since_ms_ + kLastingAfterMs : 0;
}

bool Tracker::prepare_store(const Moment& now) {
  const double at_ms = lasting_at_ms();
  const bool lasting = retry_.failures() > 0 || (at_ms != 0 && at_ms <= now.mono_ms);
  if (at_ms == 0) fleeting_since_ms_ = now.mono_ms;
  const Row* row = outbox_.take_to_store(lasting ? Keeping::lasting : Keeping::page);
  if (row == nullptr) return false;
  action_.kind = ActionKind::store;
  action_.set(Number::id, row->id);
  action_.set(Number::lasting, lasting ? 1 : 0);
  action_.row = row->text();
  return true;
}

bool Tracker::prepare_probe() {
  // Who has nothing to send must not stand in the way of those who have.
  const bool wants = retry_.failures() > 0 && outbox_.has_sendable() && !gone_;
  if (wants == (retry_.probe() != Probe::none)) return false;
  retry_.set_probe(wants ? Probe::asked : Probe::none);
  action_.kind = wants ? ActionKind::claim_probe : ActionKind::yield_probe;
  return true;
}

uint32_t Tracker::keepalive_left() const {
  const double taken = settings_.keepalive_taken_bytes() + in_flight_.keepalive_bytes();
  return taken < kMaxKeepaliveBytes ? kMaxKeepaliveBytes - static_cast<uint32_t>(taken) : 0;
}

bool Tracker::is_sendable(const Row& row, uint8_t worth) const {
  if (!row.waits()) return false;
  if (row.is_frozen()) return false;
  if (!exiting_) return true;
  // What does not fit into the last requests of a page stays stored, for the next page; and so does what is stored
  // while the collector is down.
  return row.worth == worth && !(retry_.failures() > 0 && row.stored) && bytes_alone(row) <= keepalive_left();
}

Tracker::Candidate Tracker::next_candidate(Candidate last) const {
  // Oldest first; those of a leaving page by their worth before that.
  Row* row = last.row == nullptr ? outbox_.first() : last.row->next;
  while (true) {
    for (; row != nullptr; row = row->next) {
      if (is_sendable(*row, last.worth)) return {row, last.worth};
    }
    if (!exiting_ || last.worth == 0) return {nullptr, 0};
    --last.worth;
    row = outbox_.first();
  }
}

Tracker::Candidate Tracker::first_candidate() const {
  if (settings_.text(Key::collector).empty()) return {nullptr, 0};
  return next_candidate({nullptr, kMostWorth});
}

bool Tracker::may_send(const Row* row, const Moment& now) const {
  if (row == nullptr) return false;
  if (exiting_) return !in_flight_.full();
  if (retry_.is_barred() || retry_.opens_at_ms() > now.mono_ms) return false;
  return in_flight_.count() == 0 &&
         (company_until_ms_ <= now.mono_ms || outbox_.waiting_bytes() >= settings_.batch_bytes());
}

bool Tracker::prepare_send(const Moment& now) {
  const Candidate candidate = first_candidate();
  if (!may_send(candidate.row, now)) return false;
  uint32_t limit_bytes = settings_.batch_bytes();
  if (exiting_ && limit_bytes > keepalive_left()) limit_bytes = keepalive_left();
  const Batch batch = dispatch_batch(candidate, limit_bytes, clock_.read(now));
  if (!body_.ok() || !url_.ok()) {
    // Memory ran out. Half a request would be refused for good, so that its events were lost: they wait instead.
    outbox_.release(last_id_);
    retry_.fail(0, now);
    return false;
  }
  // After a failure other users of the page's keepalive allowance may be the reason: do without.
  const bool casual = batch.bytes() <= kMaxCasualKeepaliveBytes && retry_.failures() == 0;
  const bool keepalive = batch.bytes() <= keepalive_left() && (exiting_ || casual);
  in_flight_.add(last_id_, batch.count(), keepalive ? batch.bytes() : 0);
  action_.kind = ActionKind::send;
  action_.set(Number::id, last_id_);
  action_.set(Number::keepalive, keepalive ? 1 : 0);
  action_.set(Number::anonymous, batch.kind().anonymous ? 1 : 0);
  action_.set(Number::timeout_ms, settings_.timeout_ms());
  action_.url = url_.text();
  action_.body = body_.text();
  return true;
}

Batch Tracker::dispatch_batch(Candidate candidate, uint32_t limit_bytes, double sent_ms) {
  Batch batch(limit_bytes);
  const Text query_payload = payload_of(candidate.row->text());
  ++last_id_;
  body_.clear();
  append_envelope_start(body_);
  while (candidate.row != nullptr) {
    Row* const row = candidate.row;
    if (!batch.take(row->size, row->kind, row->company)) break;
    append_envelope_payload(body_, payload_of(row->text()), sent_ms, batch.count() == 1);
    outbox_.dispatch(row, last_id_);
    candidate = next_candidate(candidate);
  }
  append_envelope_end(body_);
  if (batch.kind().query) body_.clear();
  if (candidate.row == nullptr) company_until_ms_ = 0;
  write_url(batch, query_payload, sent_ms);
  return batch;
}

void Tracker::write_url(const Batch& batch, Text query_payload, double sent_ms) {
  url_.clear();
  append_collector(url_, settings_.text(Key::collector), settings_.text(Key::page_url));
  if (batch.kind().query) {
    append_query(url_, query_payload, sent_ms);
    return;
  }
  const Text path = settings_.text(Key::post_path);
  if (!starts_with(path, "/")) url_.push('/');
  url_.append(path);
}

double Tracker::next_send_ms() const {
  // While a request is under way its end is the next input; while the gate is barred the granting of the probe is.
  if (in_flight_.count() > 0 || retry_.is_barred() || first_candidate().row == nullptr) return 0;
#ifndef PISTE_LEAN
  if (company_until_ms_ == kNever) return 0;
#endif
  const double gate_ms = retry_.opens_at_ms();
  return gate_ms > company_until_ms_ ? gate_ms : company_until_ms_;
}

ActionKind Tracker::wait(const Moment& now) {
  double check_ms = activity_.next_check_ms();
#ifndef PISTE_LEAN
  check_ms = earlier(check_ms, told_activity_.next_check_ms());
#endif
  const double at_ms = earlier(earlier(next_send_ms(), lasting_at_ms()), closed_ ? 0 : check_ms);
  if (at_ms == 0) return ActionKind::idle;
  action_.set(Number::wait_ms, at_ms > now.mono_ms ? at_ms - now.mono_ms : 0);
  return ActionKind::wait;
}

}  // namespace piste
