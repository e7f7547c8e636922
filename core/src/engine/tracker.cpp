// The inputs of a tracker: events, rows, signals, answers. What goes out is in tracker_actions.cpp.
#include "engine/tracker.h"

#include "base/decimal.h"
#include "model/payload.h"

namespace piste {

Status Tracker::set(Key key, Text value) {
  const bool changes_title = key == Key::page_title && !(settings_.text(key) == value);
  PISTE_TRY(settings_.set(key, value));
  // The document's title changed: from here on pings tell the new one (protocol facts, section 1.3).
  if (changes_title) page_.drop_title();
  return Status::ok;
}

Status Tracker::track(EventKind kind, Text buffer, const Moment& now) {
  ledger_.accept();
  const Status status = read_and_accept(kind, buffer, now);
  if (status != Status::ok) ledger_.drop(drop_reason(status));
  return status;
}

Status Tracker::read_and_accept(EventKind kind, Text buffer, const Moment& now) {
  if (closed_) return Status::closed;
  if (kind >= EventKind::count) return Status::invalid_argument;
  if (buffer.size > kMaxEventBytes) return Status::too_large;
  Event event;
  PISTE_TRY(read_event(kind, buffer, event));
  return accept(event, now);
}

Status Tracker::accept(const Event& event, const Moment& now) {
  if (event.kind == EventKind::page_view) {
    if (!page_.begin_view(event.fields[field::kTitle], event.entities, now)) return Status::no_memory;
    activity_.begin(settings_.ping_first_ms(), settings_.ping_every_ms(), now.mono_ms);
  }
  PISTE_TRY(build_row(event, now));
  PISTE_TRY(outbox_.append(last_id_ + 1, row_.text(), {settings_.use_get(), settings_.anonymous()}));
  ++last_id_;
  await_company(now);
  return Status::ok;
}

Status Tracker::build_row(const Event& event, const Moment& now) {
  row_.clear();
  scratch_.clear();
  append_row_header(row_, {settings_.use_get(), settings_.anonymous()});
  append_payload(row_, scratch_, event, {settings_, page_, now});
  return row_.ok() && scratch_.ok() ? Status::ok : Status::no_memory;
}

void Tracker::await_company(const Moment& now) {
  if (company_until_ms_ == 0) company_until_ms_ = now.mono_ms + settings_.batch_wait_ms();
}

Status Tracker::refuse(Status why) {
  if (why != Status::too_large && why != Status::unserialisable && why != Status::queue_full) {
    return Status::invalid_argument;
  }
  ledger_.accept();
  ledger_.drop(drop_reason(why));
  return why;
}

Status Tracker::restore(Text row, const Moment& now) {
  const Result<RowKind> kind = read_row_kind(row);
  if (!kind.ok()) {
    ledger_.restore();
    ledger_.drop(drop_reason(kind.status()));
    return kind.status();
  }
  // When there is no room the row stays where it is stored, and is none of this tracker's.
  PISTE_TRY(outbox_.append(last_id_ + 1, row, kind.value()));
  ++last_id_;
  ledger_.restore();
  await_company(now);
  return Status::ok;
}

void Tracker::signal(Signal kind, const Moment& now) {
  if (kind == Signal::visible) {
    leaving_ = false;
    return;
  }
  // Told twice, at hiding and at leaving: what failed in between must not go out once more.
  if (kind == Signal::leaving && leaving_) return;
  leaving_ = leaving_ || kind == Signal::leaving;
  closed_ = closed_ || kind == Signal::close;
  retry_.hurry();
  if (kind != Signal::online && company_until_ms_ != 0) company_until_ms_ = now.mono_ms;
}

bool Tracker::set_activity(double active_ms, const double (&offsets)[field::kOffsetCount], const Moment& now) {
  if (closed_ || !activity_.is_due(active_ms, now.mono_ms)) return false;
  Bytes numbers[field::kOffsetCount];
  Event ping;
  ping.kind = EventKind::page_ping;
  for (uint32_t i = 0; i < field::kOffsetCount; ++i) {
    append_integer(numbers[i], offsets[i] + 0.5);
    ping.fields[field::kFirstOffset + i] = numbers[i].text();
  }
  ping.entities = page_.entities();
  ledger_.accept();
  const Status status = accept(ping, now);
  if (status != Status::ok) ledger_.drop(drop_reason(status));
  return true;
}

Status Tracker::done(double id, int32_t outcome, Text retry_after, const Moment& now) {
  if (in_flight_.remove(id)) return conclude(id, outcome, retry_after, now);
  if (outcome != static_cast<int32_t>(Outcome::ok)) outbox_.mark_unstored(id);
  return Status::ok;
}

Status Tracker::conclude(double id, int32_t outcome, Text retry_after, const Moment& now) {
  uint32_t final_index = 0;
  const Verdict verdict = judge(outcome, final_index);
  if (verdict == Verdict::retry) {
    outbox_.release(id);
    const double retry_after_ms = parse_retry_after(retry_after, now.wall_ms);
    if (retry_.opens_at_ms() > now.mono_ms) {
      retry_.obey(retry_after_ms, now);
    } else {
      retry_.fail(retry_after_ms, now);
    }
    return Status::ok;
  }
  retry_.succeed();
  for (uint32_t left = outbox_.remove(id); left > 0; --left) {
    if (verdict == Verdict::delivered) {
      ledger_.deliver();
    } else {
      ledger_.reject(final_index);
    }
  }
  return verdict == Verdict::delivered ? Status::ok : Status::rejected;
}

Text Tracker::stats() {
  row_.clear();
  JsonWriter json(row_);
  json.begin_object();
  ledger_.write(json);
  const double wait_ms = retry_.opens_at_ms() - last_seen_ms_;
  json.key("inFlight");
  json.number(in_flight_.count());
  json.key("failures");
  json.number(retry_.failures());
  json.key("retryInMs");
  json.number(retry_.failures() > 0 && wait_ms > 0 ? wait_ms : 0);
  json.end_object();
  return row_.ok() ? row_.text() : Text();
}

}  // namespace piste
