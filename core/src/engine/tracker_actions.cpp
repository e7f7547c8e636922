// The outputs of a tracker: what the host is to do next, most urgent first.
#include "engine/tracker.h"
#include "model/request.h"

namespace piste {

ActionKind Tracker::next(const Moment& now) {
  last_seen_ms_ = now.mono_ms;
  action_ = {};
  // Erasing first makes room for storing; storing before sending means that no answer comes before its row is kept.
  if (prepare_erase() || prepare_store() || prepare_send(now)) return action_.kind;
  return action_.kind = wait(now);
}

bool Tracker::prepare_erase() {
  action_.id = outbox_.take_erased();
  if (action_.id == 0) return false;
  action_.kind = ActionKind::erase;
  return true;
}

bool Tracker::prepare_store() {
  const Row* row = outbox_.take_unstored();
  if (row == nullptr) return false;
  action_.kind = ActionKind::store;
  action_.id = row->id;
  action_.row = row->text();
  return true;
}

bool Tracker::fits_exit(const Row& row) const {
  Batch alone(0);
  (void)alone.take(row.size, row.kind);
  return alone.bytes() + in_flight_.keepalive_bytes() <= kMaxKeepaliveBytes;
}

Row* Tracker::first_sendable() const {
  if (settings_.text(Key::collector).empty()) return nullptr;
  Row* row = Outbox::next_waiting(outbox_.first());
  // What does not fit into the last requests of a page stays stored, for the next page.
  while (leaving_ && row != nullptr && !fits_exit(*row)) row = Outbox::next_waiting(row->next);
  return row;
}

bool Tracker::may_send(const Row* row, const Moment& now) const {
  if (row == nullptr || retry_.opens_at_ms() > now.mono_ms) return false;
  if (leaving_) return !in_flight_.full();
  return in_flight_.count() == 0 &&
         (company_until_ms_ <= now.mono_ms || outbox_.waiting_bytes() >= settings_.batch_bytes());
}

bool Tracker::prepare_send(const Moment& now) {
  Row* row = first_sendable();
  if (!may_send(row, now)) return false;
  uint32_t limit_bytes = settings_.batch_bytes();
  const uint32_t keepalive_left = kMaxKeepaliveBytes - in_flight_.keepalive_bytes();
  if (leaving_ && limit_bytes > keepalive_left) limit_bytes = keepalive_left;
  const Batch batch = dispatch_batch(row, limit_bytes, now);
  if (!body_.ok() || !url_.ok()) {
    // Memory ran out. Half a request would be refused for good, so that its events were lost: they wait instead.
    outbox_.release(last_id_);
    retry_.fail(0, now);
    return false;
  }
  // After a failure other users of the page's keepalive allowance may be the reason: do without.
  const bool casual = batch.bytes() <= kMaxCasualKeepaliveBytes && retry_.failures() == 0;
  const bool keepalive = batch.bytes() <= keepalive_left && (leaving_ || casual);
  in_flight_.add(last_id_, keepalive ? batch.bytes() : 0);
  action_.kind = ActionKind::send;
  action_.id = last_id_;
  action_.keepalive = keepalive;
  action_.anonymous = batch.kind().anonymous;
  action_.url = url_.text();
  action_.body = body_.text();
  return true;
}

Batch Tracker::dispatch_batch(Row* row, uint32_t limit_bytes, const Moment& now) {
  Batch batch(limit_bytes);
  const Text query_payload = payload_of(row->text());
  ++last_id_;
  body_.clear();
  append_envelope_start(body_);
  for (bool first = true; row != nullptr && batch.take(row->size, row->kind); first = false) {
    append_envelope_payload(body_, payload_of(row->text()), now.wall_ms, first);
    outbox_.dispatch(row, last_id_);
    row = Outbox::next_waiting(row);
  }
  append_envelope_end(body_);
  if (batch.kind().query) body_.clear();
  if (row == nullptr) company_until_ms_ = 0;
  write_url(batch, query_payload, now);
  return batch;
}

void Tracker::write_url(const Batch& batch, Text query_payload, const Moment& now) {
  url_.clear();
  append_collector(url_, settings_.text(Key::collector), settings_.text(Key::page_url));
  if (batch.kind().query) {
    append_query(url_, query_payload, now.wall_ms);
    return;
  }
  const Text path = settings_.text(Key::post_path);
  if (!starts_with(path, "/")) url_.push('/');
  url_.append(path);
}

double Tracker::next_send_ms(const Row* row) const {
  if (row == nullptr) return 0;
  const double gate_ms = retry_.opens_at_ms();
  return gate_ms > company_until_ms_ ? gate_ms : company_until_ms_;
}

ActionKind Tracker::wait(const Moment& now) {
  // While a request is under way its end is the next input.
  const bool sends = in_flight_.count() == 0;
  const double send_ms = sends ? next_send_ms(first_sendable()) : 0;
  const double check_ms = closed_ ? 0 : activity_.next_check_ms();
  const double at_ms = send_ms != 0 && (check_ms == 0 || send_ms < check_ms) ? send_ms : check_ms;
  if (at_ms == 0) return ActionKind::idle;
  action_.wait_ms = at_ms > now.mono_ms ? at_ms - now.mono_ms : 0;
  return ActionKind::wait;
}

}  // namespace piste
