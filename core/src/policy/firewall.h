// The firewall for personal data: every payload goes through it before it is kept or sent anywhere.
#ifndef PISTE_POLICY_FIREWALL_H
#define PISTE_POLICY_FIREWALL_H

#include "model/redactor.h"

namespace piste {

/// Looks at what sites and visitors write, by the payload's keys: addresses, titles, the fields of structured events
/// and transactions, and every string in JSON data. Off until rules are set.
class Firewall {
 public:
  /// See PISTE_KEY_FIREWALL.
  Status set(Text text) { return rules_.set(text); }
  bool is_on() const { return rules_.is_on(); }

  /// Appends a payload as the rules want it; `query`: it is a query string, else a JSON object. Fails with no_memory.
  Status append(Bytes& out, Text payload, bool query);

  const Redactions& redactions() const { return redactions_; }

 private:
  void append_query(Bytes& out, Text query);
  /// Strings stand for what their key says, or, in event data, what they look like.
  void append_json(Bytes& out, Text json, bool is_payload);
  /// Appends a value, which has no escapes any more.
  void append_value(Bytes& out, uint32_t form, Text value);
  void append_redacted(Bytes& out, Text value, Target target);

  FirewallRules rules_;
  Redactions redactions_;
  Redactor redactor_{rules_, redactions_};
  bool is_whole_ = true;  ///< No value lacked memory.
  // Each is used by one level of the payload.
  Bytes value_;
  Bytes clean_value_;
  Bytes decoded_;
  Bytes clean_json_;
  Bytes string_;
  Bytes clean_string_;
};

}  // namespace piste

#endif  // PISTE_POLICY_FIREWALL_H
