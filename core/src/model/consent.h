// For which purposes the visitor lets data be used, and what becomes of an event by that.
#ifndef PISTE_MODEL_CONSENT_H
#define PISTE_MODEL_CONSENT_H

#include "base/status.h"
#include "base/text.h"
#include "model/limits.h"
#include "model/row.h"

namespace piste {

/// What becomes of an event: the letters of PISTE_KEY_CONSENT.
enum class Treatment : char {
  pass = 0,
  hold = 'h',       ///< It waits in memory for the answer.
  anonymise = 'a',  ///< It goes out, but nothing of the visitor does, and nothing is stored.
  refuse = 'r'
};

/// A state for each purpose. Begins with all granted: nobody asks for consent. Without PISTE_CONSENT that is how it is.
class Consent {
 public:
#ifndef PISTE_CONSENT
  static constexpr bool grants(uint32_t) { return true; }
  static constexpr bool denies(uint32_t) { return false; }
  static constexpr bool refuses(uint32_t) { return false; }
  static constexpr Treatment treatment(uint32_t) { return Treatment::pass; }
#else
  /// Sets everything: see PISTE_KEY_CONSENT. Fails with invalid_value, and then changes nothing.
  Status set(Text text);

  /// All of a set of purposes are granted.
  bool grants(uint32_t purposes) const { return (granted_ & purposes) == purposes; }
  /// One of them is denied.
  bool denies(uint32_t purposes) const { return (denied_ & purposes) != 0; }
  /// Those of a set that are neither granted nor denied.
  uint32_t unknown(uint32_t purposes) const { return purposes & ~granted_ & ~denied_; }
  /// Events for them are refused, whatever they show.
  bool refuses(uint32_t purposes) const { return treatment(purposes) == Treatment::refuse; }
  /// What becomes of an event for a set of purposes.
  Treatment treatment(uint32_t purposes) const;

 private:
  uint32_t granted_ = UINT32_MAX;
  uint32_t denied_ = 0;
  Treatment if_unknown_ = Treatment::hold;
#ifdef PISTE_FULL_CONSENT
  Treatment if_denied_ = Treatment::refuse;
#else
  static constexpr Treatment if_denied_ = Treatment::refuse;
#endif
#endif
};

}  // namespace piste

#endif  // PISTE_MODEL_CONSENT_H
