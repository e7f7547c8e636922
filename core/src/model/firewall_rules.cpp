// Rules are kept as they were given, with an index; the safe ones are code.
#include "model/firewall_rules.h"

#include "base/percent.h"
#include "model/detectors.h"

namespace piste {

namespace {

constexpr Text kSafe = "safe";
constexpr char kParameter = 'q';
constexpr char kPath = 's';
constexpr char kDetectors[] = "ejctf";
constexpr uint8_t kUrls = 1 | 2 | 4;

/// As PlainName has them.
constexpr Text kSecretNames =
    "code pwd pass pin otp sid session auth jwt sig mail mobile tel ssn dob iban cvv cvc login username "
    "firstname lastname surname fullname givenname birthday birthdate dateofbirth cardnumber creditcard "
    "passport ticket address assertion samlresponse codeverifier oauthverifier csrf xsrf authorization "
    "*token *password *passwd *passcode *passphrase *secret *email *apikey *sessionid *sessid *phone "
    "*phonenumber *emailaddress *credential *credentials *signature";
/// The campaign parameters of Snowplow and Matomo, the click ids of ad networks, and what decorates links.
constexpr Text kCampaignNames =
    "utm* mtm* gad* hsa* gclid gclsrc gbraid wbraid dclid fbclid msclkid ttclid twclid lifatid yclid "
    "igshid igsh scid epik rdtcid srsltid irclickid mccid mceid ga gl sp";

/// Whether one of some patterns, with spaces between, is for `name`.
bool is_listed(Text patterns, Text name) {
  while (!patterns.empty()) {
    if (match_glob(take_until(patterns, ' '), name).fits) return true;
  }
  return false;
}

/// Longest name that is looked at; of a longer one its end is.
constexpr uint32_t kNameBytes = 32;

/// A name as all its spellings have it: the letters and digits of its last part, in lower case.
class PlainName {
 public:
  explicit PlainName(Text name) {
    while (!name.empty() && (name.back() == ']' || name.back() == '[')) --name.size;
    while (!name.empty() && start_ > 0 && name.back() != '[' && name.back() != '.') {
      const char character = name.back();
      --name.size;
      // A star is no letter, but what was masked is to stay another name.
      if (is_ascii_letter(character)) {
        bytes_[--start_] = static_cast<char>(character | 0x20);
      } else if (is_ascii_digit(character) || character == '*') {
        bytes_[--start_] = character;
      }
    }
  }
  Text text() const { return {bytes_ + start_, kNameBytes - start_}; }

 private:
  char bytes_[kNameBytes];
  uint32_t start_ = kNameBytes;
};

uint8_t targets_of(char letter) {
  constexpr char kLetters[] = "prltx";
  for (uint32_t i = 0; i < sizeof kLetters - 1; ++i) {
    if (kLetters[i] == letter) return static_cast<uint8_t>(1U << i);
  }
  return letter == 'u' ? kUrls : 0;
}

bool is_redaction(char letter) { return letter == 'k' || letter == 'd' || letter == 'm' || letter == 'h'; }

uint32_t star_count(Text text) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < text.size; ++i) count += text[i] == '*' ? 1 : 0;
  return count;
}

bool is_path_pattern(Text text) {
  if (text.empty() || text[0] != '/') return false;
  bool has_gap = false;
  for (text = text.part(1, text.size - 1); !text.empty();) {
    const Text part = take_until(text, '/');
    const bool is_gap = part == Text("**");
    if (star_count(part) > 1 && (!is_gap || has_gap)) return false;
    has_gap = has_gap || is_gap;
  }
  return true;
}

/// Whether `count` segments of a path, and the parts of a pattern from the segment `first` on, are alike.
bool is_alike(const PathPattern& pattern, Text path, uint32_t first, uint32_t count, uint32_t segment_count,
              Bytes& scratch) {
  for (uint32_t i = first; i < first + count; ++i) {
    scratch.clear();
    append_percent_decoded(scratch, take_until(path, '/'), true);
    if (!match_glob(pattern.part(i, segment_count), scratch.text()).fits) return false;
  }
  return true;
}

/// The last `count` segments of a path that has more.
Text last_segments(Text path, uint32_t count) {
  uint32_t start = path.size;
  while (count > 0 && start > 0) {
    if (path[--start] == '/' && --count == 0) ++start;
  }
  return path.part(start, path.size - start);
}

}  // namespace

Status FirewallRules::read_rule(Text line, Rule& rule) {
  if (line.size < 3 || !is_redaction(line[2])) return Status::invalid_value;
  rule = {targets_of(line[0]), line[1], static_cast<Redaction>(line[2]), line.part(3, line.size - 3)};
  if (rule.targets == 0 || rule.operand.size > kMaxFirewallPatternBytes) return Status::invalid_value;
  const bool is_for_urls = (rule.targets & kUrls) != 0;
  bool is_known = false;
  if (rule.what == kParameter) {
    is_known = is_for_urls && !rule.operand.empty() && star_count(rule.operand) < 2;
  } else if (rule.what == kPath) {
    is_known = is_for_urls && is_path_pattern(rule.operand);
  } else if (rule.operand.empty()) {
    for (uint32_t i = 0; i < kDetectorCount + (is_for_urls ? 1 : 0); ++i) is_known |= kDetectors[i] == rule.what;
  }
  return is_known ? Status::ok : Status::invalid_value;
}

Status FirewallRules::read(Text text, bool keeps) {
  uint32_t count = 0;
  if (!text.empty() && !(take_until(text, '\n') == kSafe)) return Status::invalid_value;
  while (!text.empty()) {
    Rule rule;
    PISTE_TRY(read_rule(take_until(text, '\n'), rule));
    if (count == kMaxFirewallRules) return Status::invalid_value;
    if (keeps) rules_[count] = rule;
    ++count;
  }
  if (keeps) count_ = count;
  return Status::ok;
}

Status FirewallRules::set(Text text) {
  if (text.size > kMaxFirewallBytes) return Status::invalid_value;
  PISTE_TRY(read(text, false));
  // All of it or nothing.
  Bytes kept;
  kept.assign(text);
  if (!kept.ok()) return Status::no_memory;
  text_.swap(kept);
  return read(text_.text(), true);
}

Redaction FirewallRules::found(Target target, Detector detector) const {
  const auto targets = static_cast<uint8_t>(target);
  for (uint32_t i = 0; i < count_; ++i) {
    const Rule& rule = rules_[i];
    if ((rule.targets & targets) != 0 && rule.what == kDetectors[static_cast<uint32_t>(detector)]) return rule.how;
  }
  const bool is_url = (targets & kUrls) != 0;
  const bool is_masked = detector <= Detector::jwt || (is_url && detector != Detector::fragment);
  return is_masked ? Redaction::mask : Redaction::keep;
}

Redaction FirewallRules::named(Target target, Text name) const {
  for (uint32_t i = 0; i < count_; ++i) {
    const Rule& rule = rules_[i];
    if (rule.what != kParameter || (rule.targets & static_cast<uint8_t>(target)) == 0) continue;
    if (match_glob(rule.operand, name).fits) return rule.how;
  }
  return Redaction::none;
}

Text FirewallRules::pattern_for(Target target, Text path, uint32_t segment_count, Bytes& scratch,
                                Redaction& how) const {
  for (uint32_t i = 0; i < count_; ++i) {
    const Rule& rule = rules_[i];
    if (rule.what != kPath || (rule.targets & static_cast<uint8_t>(target)) == 0) continue;
    const Text text = rule.operand.part(1, rule.operand.size - 1);
    const PathPattern pattern(text);
    if (!pattern.fits(segment_count)) continue;
    const uint32_t tail = pattern.tail_count();
    if (!is_alike(pattern, path, 0, pattern.head_count(), segment_count, scratch)) continue;
    if (!is_alike(pattern, last_segments(path, tail), segment_count - tail, tail, segment_count, scratch)) continue;
    how = rule.how;
    return text;
  }
  return {};
}

bool is_secret_name(Text name) {
  const PlainName plain(name);
  return is_listed(kSecretNames, plain.text());
}

bool is_campaign_name(Text name) {
  const PlainName plain(name);
  return is_listed(kCampaignNames, plain.text());
}

}  // namespace piste
