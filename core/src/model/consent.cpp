// Two sets of purposes, by bit; those in neither are unknown.
#include "model/consent.h"

#ifdef PISTE_CONSENT

namespace piste {

namespace {

constexpr uint32_t kTreatments = 2;

#ifdef PISTE_FULL_CONSENT
bool is_treatment(char letter) { return letter == 'h' || letter == 'a' || letter == 'r'; }
#endif

}  // namespace

Status Consent::set(Text text) {
  if (text.empty()) {
    *this = {};
    return Status::ok;
  }
#ifdef PISTE_FULL_CONSENT
  if (text.size < kTreatments || text.size > kTreatments + kMaxPurposes) return Status::invalid_value;
  // To hold what is denied would be to hope for another answer.
  if (!is_treatment(text[0]) || !is_treatment(text[1]) || text[1] == 'h') return Status::invalid_value;
#endif
  uint32_t granted = 0;
  uint32_t denied = 0;
  for (uint32_t i = text.size; i > kTreatments; --i) {
    const char letter = text[i - 1];
    if (kHasFullConsent && letter != 'g' && letter != 'd' && letter != 'u') return Status::invalid_value;
    granted = granted << 1 | (letter == 'g' ? 1 : 0);
    denied = denied << 1 | (letter == 'd' ? 1 : 0);
  }
  granted_ = granted;
  denied_ = denied;
  if_unknown_ = static_cast<Treatment>(text[0]);
#ifdef PISTE_FULL_CONSENT
  if_denied_ = static_cast<Treatment>(text[1]);
#endif
  return Status::ok;
}

Treatment Consent::treatment(uint32_t purposes) const {
  if (grants(purposes)) return Treatment::pass;
  return denies(purposes) ? if_denied_ : if_unknown_;
}

}  // namespace piste

#endif  // PISTE_CONSENT
