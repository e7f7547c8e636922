// Decisions are drawn purpose by purpose.
#include "consent_states.h"

namespace simulation {

namespace {

constexpr uint32_t kUnknown = 0;
constexpr uint32_t kGranted = 1;
constexpr uint32_t kDenied = 2;

}  // namespace

ConsentStates ConsentStates::of(Random& random) {
  ConsentStates states;
  states.asks_ = random.happens(0.3);
  if (!states.asks_) return states;
  constexpr char kUnknownFates[] = {'h', 'h', 'h', 'a', 'r'};
  constexpr char kDeniedFates[] = {'r', 'r', 'a'};
  states.if_unknown_ = random.one_of(kUnknownFates);
  states.if_denied_ = random.one_of(kDeniedFates);
  states.granted_ = random.happens(0.8) ? 1 : 0;
  return states;
}

void ConsentStates::set(uint32_t purpose, uint32_t to) {
  const uint32_t bit = 1U << purpose;
  granted_ = to == kGranted ? granted_ | bit : granted_ & ~bit;
  denied_ = to == kDenied ? denied_ | bit : denied_ & ~bit;
}

void ConsentStates::decide(Random& random) {
  constexpr uint32_t kStates[] = {kGranted, kGranted, kGranted, kDenied, kDenied, kUnknown};
  for (uint32_t purpose = 0; purpose < kPurposeCount; ++purpose) {
    if (random.happens(0.6)) set(purpose, random.one_of(kStates));
  }
}

void ConsentStates::settle(Random& random) {
  for (uint32_t purpose = 0; purpose < kPurposeCount && asks_; ++purpose) {
    if (((granted_ | denied_) >> purpose & 1) == 0) set(purpose, random.happens(0.5) ? kGranted : kDenied);
  }
}

ConsentStates ConsentStates::undecided() const {
  ConsentStates states = *this;
  states.granted_ &= 1;
  states.denied_ = 0;
  return states;
}

std::string ConsentStates::text() const {
  std::string text{if_unknown_, if_denied_};
  for (uint32_t purpose = 0; purpose < kPurposeCount; ++purpose) {
    const uint32_t bit = 1U << purpose;
    text += grants(bit) ? 'g' : denies(bit) ? 'd' : 'u';
  }
  return text;
}

Fate ConsentStates::fate_of(uint32_t purposes) const {
  if (grants(purposes)) return Fate::goes;
  const char letter = denies(purposes) ? if_denied_ : if_unknown_;
  return letter == 'h' ? Fate::is_held : letter == 'a' ? Fate::is_anonymised : Fate::is_refused;
}

}  // namespace simulation
