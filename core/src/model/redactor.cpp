// Detectors see what is meant; what they do not find stays as it is written.
#include "model/redactor.h"

#include "base/hex.h"
#include "base/percent.h"
#include "base/sha1.h"

namespace piste {

namespace {

constexpr Text kMask = "***";
/// What is left of a segment that is dropped: two slashes in a row would be the beginning of a host.
constexpr Text kDropped = "-";
/// What a parameter inside of a value is among detectors.
constexpr uint32_t kParameter = kDetectorCount;
constexpr uint32_t kInText = (1U << kDetectorCount) - 1;
constexpr uint32_t kInUrl = kInText | 1U << kParameter;

constexpr uint32_t bit_of(Detector detector) { return 1U << static_cast<uint32_t>(detector); }
/// What is looked for in what a rule keeps, too.
constexpr uint32_t kInKept = bit_of(Detector::email) | bit_of(Detector::jwt);

/// Whether there is nothing to redact, or it was done before.
bool is_done(Text plain) {
  if (plain.empty() || plain == kMask || plain == kDropped) return true;
  if (plain.size != kHashDigits + 2 || plain[0] != '*' || plain.back() != '*') return false;
  for (uint32_t i = 1; i <= kHashDigits; ++i) {
    if (hex_value(plain[i]) > 15) return false;
  }
  return true;
}

bool redacts(Redaction how) { return how != Redaction::none && how != Redaction::keep; }

/// The place of the first of some marks; the size if there is none.
uint32_t place_of(Text text, Text marks) {
  for (uint32_t i = 0; i < text.size; ++i) {
    for (uint32_t mark = 0; mark < marks.size; ++mark) {
      if (text[i] == marks[mark]) return i;
    }
  }
  return text.size;
}

/// Takes `size` bytes off the beginning of `text`.
Text take(Text& text, uint32_t size) {
  const Text taken = text.part(0, size);
  text = text.part(size, text.size - size);
  return taken;
}

/// Bytes of a URL up to behind its `//`; 0 if it has none.
uint32_t scheme_size(Text text) {
  constexpr uint32_t kLongest = 16;
  if (text.empty() || !(is_ascii_letter(text[0]) || text[0] == '/')) return 0;
  uint32_t i = 0;
  while (i < text.size && i < kLongest &&
         (is_ascii_alphanumeric(text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.')) {
    ++i;
  }
  const Text rest = text.part(i, text.size - i);
  if (i > 0) return starts_with(rest, "://") ? i + 3 : 0;
  return starts_with(rest, "//") ? 2 : 0;
}

}  // namespace

bool Redactor::append(Bytes& out, Text value, Target target) {
  // As much as is needed at most: from here on it cannot run out.
  plain_.clear();
  if (value.empty()) return true;
  if (plain_.reserve(value.size) == nullptr) return false;
  out_ = &out;
  target_ = target;
  const bool is_address = target == Target::page || target == Target::referrer;
  if (is_address || scheme_size(value) > 0 || starts_with(value, "/")) {
    if (!is_address) target_ = Target::link;
    append_url(value);
    return true;
  }
  const uint32_t start = out.size();
  decode(value);
  Progress progress{value};
  if (!append_found(progress, plain_.text(), kInText)) out.shorten(start);
  return true;
}

void Redactor::append_url(Text url) {
  append_authority(url);
  append_path(take(url, place_of(url, "?#")));
  append_parameters(take(url, place_of(url, "#")), true);
  if (url.empty()) return;
  const Redaction how = rules_.found(target_, Detector::fragment);
  const Text fragment = url.part(1, url.size - 1);
  if (!redacts(how) || is_done(fragment)) return append_parameters(url, false);
  if (how != Redaction::drop) out_->push('#');
  decode(fragment);
  redact(how, plain_.text());
}

void Redactor::append_authority(Text& url) {
  const uint32_t size = scheme_size(url);
  if (size == 0) return;
  out_->append(take(url, size));
  Text authority = take(url, place_of(url, "/?#"));
  uint32_t host = authority.size;
  while (host > 0 && authority[host - 1] != '@') --host;
  const Redaction how = rules_.found(target_, Detector::email);
  const Text user = authority.part(0, host > 0 ? host - 1 : 0);
  if (redacts(how) && !is_done(user)) {
    (void)take(authority, how == Redaction::drop ? host : host - 1);
    redact(how, user);
  }
  out_->append(authority);
}

void Redactor::append_path(Text path) {
  if (starts_with(path, "/")) out_->append(take(path, 1));
  uint32_t count = 0;
  for (Text rest = path; !rest.empty(); ++count) (void)take_until(rest, '/');
  Redaction how = Redaction::none;
  const Text pattern = rules_.pattern_for(target_, path, count, plain_, how);
  const PathPattern parts(pattern);
  for (uint32_t i = 0; !path.empty(); ++i) {
    const uint32_t start = out_->size();
    const uint32_t size = path.size;
    const Text segment = take_until(path, '/');
    if (!append_segment(segment, pattern.empty() ? Text() : parts.part(i, count), how)) out_->shorten(start);
    if (out_->size() == start && !segment.empty()) out_->append(kDropped);
    if (size - path.size > segment.size) out_->push('/');
  }
}

bool Redactor::append_segment(Text raw, Text part, Redaction how) {
  decode(raw);
  const Text plain = plain_.text();
  Progress progress{raw};
  const GlobMatch match = match_glob(part == Text("**") ? Text("*") : part, plain);
  if (!match.has_star) return append_found(progress, plain, kInUrl);
  if (!redacts(how)) return append_found(progress, plain, kInKept);
  const Text secret = plain.part(match.start, match.end - match.start);
  copy(progress, match.start);
  if (!is_done(secret)) {
    (void)pass(progress, match.end);
    redact(how, secret);
  }
  copy(progress, plain.size);
  return true;
}

void Redactor::append_parameters(Text text, bool is_query) {
  char mark = '\0';
  while (!text.empty()) {
    const uint32_t start = out_->size();
    const char own = take(text, 1)[0];
    // What is dropped takes its mark with it; but the first mark is that of all.
    if (mark == '\0') mark = own;
    out_->push(mark);
    if (append_parameter(take(text, place_of(text, is_query ? Text("&") : Text("&?"))), is_query)) {
      mark = '\0';
    } else {
      out_->shorten(start);
    }
  }
}

bool Redactor::append_parameter(Text raw, bool is_query) {
  const uint32_t name_size = place_of(raw, "=");
  const bool has_value = name_size < raw.size;
  decode(raw.part(0, name_size));
  const uint32_t value_at = has_value ? plain_.size() + 1 : 0;
  append_percent_decoded(plain_, raw.part(name_size, raw.size - name_size), true);
  const Text plain = plain_.text();
  Progress progress{raw};
  const auto how = has_value || is_query ? verdict(plain.part(0, has_value ? value_at - 1 : plain.size), has_value)
                                         : Redaction::none;
  if (!redacts(how)) return append_found(progress, plain, how == Redaction::keep ? kInKept : kInUrl);
  const Text value = plain.part(value_at, plain.size - value_at);
  if (how == Redaction::drop && !is_done(value)) {
    redact(how, value);
    return false;
  }
  if (!append_found(progress, plain.part(0, value_at), kInText)) return false;
  if (is_done(value)) {
    copy(progress, plain.size);
  } else {
    redact(how, value);
  }
  return true;
}

Redaction Redactor::verdict(Text name, bool has_value) const {
  const Redaction how = rules_.named(target_, name);
  if (how != Redaction::none) return how;
  if (is_campaign_name(name)) return Redaction::keep;
  return has_value && is_secret_name(name) ? Redaction::mask : Redaction::none;
}

uint32_t Redactor::wanted(uint32_t detectors, uint32_t size) const {
  for (uint32_t i = 0; i < kDetectorCount; ++i) {
    if (size < kLeastBytes[i] || rules_.found(target_, static_cast<Detector>(i)) == Redaction::keep)
      detectors &= ~(1U << i);
  }
  return detectors;
}

bool Redactor::append_found(Progress& progress, Text plain, uint32_t detectors) {
  Span spans[kDetectorCount + 1];
  detectors = wanted(detectors, plain.size);
  uint32_t stale = detectors;
  for (uint32_t at = 0;;) {
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 0; i <= kDetectorCount; ++i) {
      if ((detectors >> i & 1) == 0) continue;
      const bool is_stale = (stale >> i & 1) != 0 || spans[i].start < at;
      if (is_stale && !find(i, plain, at, spans[i])) {
        detectors &= ~(1U << i);
        continue;
      }
      // Of two that begin together the longer one.
      if (first > kDetectorCount || spans[i].start < spans[first].start ||
          (spans[i].start == spans[first].start && spans[i].end > spans[first].end)) {
        first = i;
      }
    }
    stale = 0;
    if (first > kDetectorCount) break;
    const Span span = spans[first];
    const Redaction how = first == kParameter ? parameter_ : rules_.found(target_, static_cast<Detector>(first));
    const Text secret = plain.part(span.start, span.end - span.start);
    if (how == Redaction::drop && first != kParameter) {
      redact(how, secret);
      return false;
    }
    copy(progress, span.start);
    (void)pass(progress, span.end);
    redact(how, secret);
    at = span.end;
  }
  copy(progress, plain.size);
  return true;
}

bool Redactor::find(uint32_t detector, Text plain, uint32_t from, Span& span) {
  switch (detector) {
    case static_cast<uint32_t>(Detector::email):
      return find_email(plain, from, span);
    case static_cast<uint32_t>(Detector::jwt):
      return find_jwt(plain, from, span);
    case static_cast<uint32_t>(Detector::card):
      return find_card(plain, from, span);
    case static_cast<uint32_t>(Detector::token):
      return find_token(plain, from, span);
    default:
      return find_parameter(plain, from, span);
  }
}

bool Redactor::find_parameter(Text plain, uint32_t from, Span& span) {
  constexpr Text kMarks = "?&;#";
  uint32_t name = UINT32_MAX;
  for (uint32_t i = from; i < plain.size; ++i) {
    if (place_of(plain.part(i, 1), kMarks) == 0) name = i + 1;
    if (plain[i] != '=' || name == UINT32_MAX) continue;
    parameter_ = verdict(plain.part(name, i - name), true);
    name = UINT32_MAX;
    if (!redacts(parameter_)) continue;
    const uint32_t end = i + 1 + place_of(plain.part(i + 1, plain.size - i - 1), kMarks);
    if (is_done(plain.part(i + 1, end - i - 1))) continue;
    span = {i + 1, end};
    return true;
  }
  return false;
}

void Redactor::decode(Text raw) {
  plain_.clear();
  append_percent_decoded(plain_, raw, true);
}

Text Redactor::pass(Progress& progress, uint32_t until) {
  const uint32_t start = progress.at;
  for (; progress.decoded < until && progress.at < progress.raw.size; ++progress.decoded) {
    (void)read_percent(progress.raw, progress.at, true);
  }
  return progress.raw.part(start, progress.at - start);
}

void Redactor::redact(Redaction how, Text plain) {
  if (how == Redaction::drop) {
    ++redactions_.dropped;
    return;
  }
  if (how == Redaction::mask) {
    ++redactions_.masked;
    return out_->append(kMask);
  }
  ++redactions_.hashed;
  constexpr char kHex[] = "0123456789abcdef";
  out_->push('*');
  for (uint32_t word = 0; word < 2; ++word) {
    const uint32_t head = sha1_head(plain, word);
    for (uint32_t shift = 32; shift > 0; shift -= 4) out_->push(kHex[head >> (shift - 4) & 15]);
  }
  out_->push('*');
}

}  // namespace piste
