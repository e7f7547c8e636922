// What the visitor lets his data be used for, and what becomes of events by that.
#ifndef TESTS_SIMULATION_CONSENT_STATES_H
#define TESTS_SIMULATION_CONSENT_STATES_H

#include <cstdint>
#include <string>

#include "random.h"

namespace simulation {

/// What becomes of an event when it is tracked, or of one that is held.
enum class Fate { goes, is_held, is_anonymised, is_refused };

/// Purposes are told by bit, as PISTE_KEY_CONSENT counts them.
class ConsentStates {
 public:
  static constexpr uint32_t kPurposeCount = 3;
  static constexpr uint32_t kAnalytics = 2;

  /// Draws whether the site asks at all, and what becomes of events while it does.
  static ConsentStates of(Random& random);

  bool asks() const { return asks_; }
  /// The visitor decides, or withdraws what he has decided.
  void decide(Random& random);
  /// He decides about all that is unknown.
  void settle(Random& random);
  /// As long as he was not asked.
  ConsentStates undecided() const;

  /// As PISTE_KEY_CONSENT takes it.
  std::string text() const;
  bool grants(uint32_t purposes) const { return (granted_ & purposes) == purposes; }
  bool denies(uint32_t purposes) const { return (denied_ & purposes) != 0; }
  /// Of an event that is for all of these.
  Fate fate_of(uint32_t purposes) const;

 private:
  void set(uint32_t purpose, uint32_t to);

  bool asks_ = false;
  char if_unknown_ = 'h';
  char if_denied_ = 'r';
  uint32_t granted_ = UINT32_MAX;
  uint32_t denied_ = 0;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_CONSENT_STATES_H
