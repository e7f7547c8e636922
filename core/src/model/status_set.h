// HTTP statuses as a host lists them: "401,403".
#ifndef PISTE_MODEL_STATUS_SET_H
#define PISTE_MODEL_STATUS_SET_H

#include "base/text.h"

namespace piste {

/// A set of HTTP statuses: numbers of three digits. Empty at first.
class StatusSet {
 public:
  /// Takes the numbers in `list` instead of those it had; what stands between them does not matter.
  void read(Text list);
  /// False of negative outcomes.
  bool has(int32_t status) const { return static_cast<uint32_t>(status) < kEnd && has_[status]; }

 private:
  static constexpr uint32_t kFirst = 100;
  static constexpr uint32_t kEnd = 1000;

  bool has_[kEnd] = {};
};

}  // namespace piste

#endif  // PISTE_MODEL_STATUS_SET_H
