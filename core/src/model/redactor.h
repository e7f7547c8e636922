// Takes personal data out of one value, be it a URL or other text.
#ifndef PISTE_MODEL_REDACTOR_H
#define PISTE_MODEL_REDACTOR_H

#include "model/detectors.h"
#include "model/firewall_rules.h"

namespace piste {

/// How many values became what.
struct Redactions {
  double dropped = 0;
  double masked = 0;
  double hashed = 0;
};

/// Where a text is whose bytes may be percent-encoded: how far it was copied.
struct Progress {
  Text raw;
  uint32_t at = 0;       ///< In raw.
  uint32_t decoded = 0;  ///< The same place, in what raw stands for.
};

/// What is masked becomes `***`; what is hashed, `*`, 16 hexadecimal digits and `*`: the first of the SHA-1 of what
/// stood there, as UTF-8 and not percent-encoded. Both are left alone where they are found, and no detector takes them
/// for something; so who goes through it twice stays as he is. No value grows by more than 17 bytes.
///
/// A find is taken out of what stands around it, but to drop it is to drop all: the parameter, the path's segment
/// (which becomes `-`), the fragment, or the text.
class Redactor {
 public:
  Redactor(const FirewallRules& rules, Redactions& redactions) : rules_(rules), redactions_(redactions) {}

  /// Appends `value` as the rules want it to `out`. Text that begins as a URL does, or with a slash, is taken for a
  /// link. False: there is no memory to look at it, and nothing is appended; `out` may run out of memory besides.
  [[nodiscard]] bool append(Bytes& out, Text value, Target target);

 private:
  void append_url(Text url);
  void append_authority(Text& url);
  void append_path(Text path);
  /// The parameters of a query or fragment, each behind its mark; pieces without `=` are some in a query alone.
  void append_parameters(Text text, bool is_query);
  /// False if it is to be dropped, as the next two.
  bool append_parameter(Text raw, bool is_query);
  bool append_segment(Text raw, Text part, Redaction how);
  /// Appends what `progress` goes through from its beginning, as far as `plain` is what that stands for.
  bool append_found(Progress& progress, Text plain, uint32_t detectors);
  bool find(uint32_t detector, Text plain, uint32_t from, Span& span);
  /// A parameter inside of a value, as of a URL in a URL.
  bool find_parameter(Text plain, uint32_t from, Span& span);
  /// Detectors, by bit, that may find something in so many bytes, and are to.
  uint32_t wanted(uint32_t detectors, uint32_t size) const;
  Redaction verdict(Text name, bool has_value) const;
  void decode(Text raw);
  /// Appends as it is written what stands for the bytes up to `until`.
  void copy(Progress& progress, uint32_t until) { out_->append(pass(progress, until)); }
  static Text pass(Progress& progress, uint32_t until);
  void redact(Redaction how, Text plain);

  const FirewallRules& rules_;
  Redactions& redactions_;
  Bytes* out_ = nullptr;
  Target target_ = Target::text;
  Redaction parameter_ = Redaction::none;  ///< What becomes of what find_parameter() has found last.
  Bytes plain_;
};

}  // namespace piste

#endif  // PISTE_MODEL_REDACTOR_H
