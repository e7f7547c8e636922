// What is to become of personal data, by where it stands and what it is: PISTE_KEY_FIREWALL, read.
#ifndef PISTE_MODEL_FIREWALL_RULES_H
#define PISTE_MODEL_FIREWALL_RULES_H

#include "base/bytes.h"
#include "base/glob.h"
#include "base/status.h"
#include "model/limits.h"

namespace piste {

/// What becomes of a value: the letters of PISTE_KEY_FIREWALL.
enum class Redaction : char { none = 0, keep = 'k', drop = 'd', mask = 'm', hash = 'h' };

/// Where a value stands, by bit: a rule may be for several.
enum class Target : uint8_t { page = 1, referrer = 2, link = 4, title = 8, text = 16 };

/// What is looked for; and the fragment of an URL, as it is.
enum class Detector : uint32_t { email = 0, jwt, card, token, fragment };
constexpr uint32_t kDetectorCount = 4;

/// The rules that a host has set, and the safe ones behind them. The first that fits counts.
class FirewallRules {
 public:
  /// Sets everything. Fails with invalid_value or no_memory, and then changes nothing.
  Status set(Text text);

  bool is_on() const { return text_.size() > 0; }

  /// What becomes of what a detector finds there.
  Redaction found(Target target, Detector detector) const;

  /// What becomes of the parameter of that name, if it is the host who says so; else none.
  Redaction named(Target target, Text name) const;

  /// The pattern for a path of so many segments, without its first slash; empty if there is none. `how`: what becomes
  /// of what its stars stand for. `scratch` is overwritten.
  Text pattern_for(Target target, Text path, uint32_t segment_count, Bytes& scratch, Redaction& how) const;

 private:
  struct Rule {
    uint8_t targets = 0;
    char what = 0;
    Redaction how = Redaction::none;
    Text operand;  ///< In text_.
  };

  static Status read_rule(Text line, Rule& rule);
  /// Reads rules and, if `keeps`, takes them over.
  Status read(Text text, bool keeps);

  Bytes text_;
  Rule rules_[kMaxFirewallRules];
  uint32_t count_ = 0;
};

/// Whether parameters of that name are secret or personal by habit: `token`, `email` and so on, in whatever spelling,
/// and the last part alone of `user[email]` or `user.email`.
bool is_secret_name(Text name);

/// Whether campaigns are measured by parameters of that name.
bool is_campaign_name(Text name);

}  // namespace piste

#endif  // PISTE_MODEL_FIREWALL_RULES_H
