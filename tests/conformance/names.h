// The names that cases and transcripts use for the values of piste.h: those of the header without their prefix.
#ifndef PISTE_TESTS_CONFORMANCE_NAMES_H
#define PISTE_TESTS_CONFORMANCE_NAMES_H

#include <iterator>
#include <string>

#include "piste/piste.h"

namespace conformance {

struct Name {
  const char* text;
  int32_t value;
};

#define KEY(name) \
  { #name, PISTE_KEY_##name }
constexpr Name kKeys[] = {KEY(TRACKER_VERSION),
                          KEY(NAMESPACE),
                          KEY(APP_ID),
                          KEY(PLATFORM),
                          KEY(COOKIES_ENABLED),
                          KEY(CHARSET),
                          KEY(LANGUAGE),
                          KEY(RESOLUTION),
                          KEY(COLOR_DEPTH),
                          KEY(TIMEZONE),
                          KEY(VIEWPORT),
                          KEY(DOCUMENT_SIZE),
                          KEY(USER_ID),
                          KEY(PAGE_REFERRER),
                          KEY(PAGE_URL),
                          KEY(PAGE_TITLE),
                          KEY(COLLECTOR),
                          KEY(POST_PATH),
                          KEY(METHOD),
                          KEY(BASE64),
                          KEY(ANONYMOUS),
                          KEY(WEB_PAGE),
                          KEY(PING_FIRST_MS),
                          KEY(PING_EVERY_MS),
                          KEY(BATCH_BYTES),
                          KEY(BATCH_WAIT_MS),
                          KEY(TIMEOUT_MS),
                          KEY(KEEPALIVE_TAKEN),
                          KEY(IDENTITY),
                          KEY(ANONYMITY),
                          KEY(SESSION_ENTITY),
                          KEY(USER_LIFETIME_S),
                          KEY(SESSION_TIMEOUT_S),
                          KEY(IDENTITY_STATE),
                          KEY(SESSION_STATE),
                          KEY(ENTITIES),
                          KEY(CUSTOM_TITLE),
                          KEY(PAGE_VIEW_ID),
                          KEY(BATCH_EVENTS),
                          KEY(OPTED_OUT),
                          KEY(PINGS_TOLD),
                          KEY(ACTIVITY_FIRST_MS),
                          KEY(ACTIVITY_EVERY_MS),
                          KEY(KEEP_ACTIVITY),
                          KEY(RETRY_FAILED),
                          KEY(RETRIED_STATUSES),
                          KEY(FINAL_STATUSES),
                          KEY(CONSENT),
                          KEY(FIREWALL),
                          KEY(HELD_NAMES)};
static_assert(std::size(kKeys) == PISTE_KEY_COUNT);
#undef KEY

constexpr Name kEvents[] = {{"PAGE_VIEW", PISTE_EVENT_PAGE_VIEW},
                            {"STRUCTURED", PISTE_EVENT_STRUCTURED},
                            {"SELF_DESCRIBING", PISTE_EVENT_SELF_DESCRIBING},
                            {"PAGE_PING", PISTE_EVENT_PAGE_PING},
                            {"TRANSACTION", PISTE_EVENT_TRANSACTION},
                            {"TRANSACTION_ITEM", PISTE_EVENT_TRANSACTION_ITEM},
                            {"OTHER", PISTE_EVENT_OTHER}};
static_assert(std::size(kEvents) == PISTE_EVENT_COUNT);

constexpr Name kSignals[] = {{"FLUSH", PISTE_SIGNAL_FLUSH},
                             {"ONLINE", PISTE_SIGNAL_ONLINE},
                             {"VISIBLE", PISTE_SIGNAL_VISIBLE},
                             {"LEAVING", PISTE_SIGNAL_LEAVING},
                             {"CLOSE", PISTE_SIGNAL_CLOSE},
                             {"GONE", PISTE_SIGNAL_GONE},
                             {"PROBE_GRANTED", PISTE_SIGNAL_PROBE_GRANTED},
                             {"PROBE_LOST", PISTE_SIGNAL_PROBE_LOST},
                             {"AWAY", PISTE_SIGNAL_AWAY},
                             {"NEW_SESSION", PISTE_SIGNAL_NEW_SESSION},
                             {"CLEAR", PISTE_SIGNAL_CLEAR},
                             {"CLEAR_BUT_SESSION", PISTE_SIGNAL_CLEAR_BUT_SESSION},
                             {"CLEAR_BUT_USER", PISTE_SIGNAL_CLEAR_BUT_USER},
                             {"CLEAR_BUT_BOTH", PISTE_SIGNAL_CLEAR_BUT_BOTH}};

constexpr Name kOutcomes[] = {
    {"OK", PISTE_OUTCOME_OK}, {"FAILED", PISTE_OUTCOME_FAILED}, {"OFFLINE", PISTE_OUTCOME_OFFLINE}};

#define FIELD(name) \
  { #name, PISTE_FIELD_##name }
constexpr Name kFields[] = {FIELD(ID),
                            FIELD(WAIT_MS),
                            FIELD(ANONYMOUS),
                            FIELD(KEEPALIVE),
                            FIELD(TIMEOUT_MS),
                            FIELD(URL),
                            FIELD(BODY),
                            FIELD(ROW),
                            FIELD(STATS),
                            FIELD(LASTING),
                            FIELD(WHY),
                            FIELD(OUTCOME),
                            FIELD(ACCEPTED),
                            FIELD(RESTORED),
                            FIELD(DELIVERED),
                            FIELD(REJECTED_400),
                            FIELD(REJECTED_401),
                            FIELD(REJECTED_403),
                            FIELD(REJECTED_410),
                            FIELD(REJECTED_413),
                            FIELD(REJECTED_422),
                            FIELD(DROPPED_INVALID),
                            FIELD(DROPPED_TOO_LARGE),
                            FIELD(DROPPED_UNSERIALISABLE),
                            FIELD(DROPPED_QUEUE_FULL),
                            FIELD(DROPPED_CLOSED),
                            FIELD(DROPPED_UNREADABLE),
                            FIELD(DROPPED_EVICTED),
                            FIELD(DROPPED_EXPIRED),
                            FIELD(DROPPED_DENIED),
                            FIELD(DROPPED_NO_MEMORY),
                            FIELD(PENDING),
                            FIELD(STORED),
                            FIELD(IN_FLIGHT),
                            FIELD(FAILURES),
                            FIELD(RETRY_IN_MS),
                            FIELD(STATE),
                            FIELD(STATE_VALUE),
                            FIELD(STATE_MAX_AGE_S),
                            FIELD(DRAFT),
                            FIELD(FIREWALL_DROPPED),
                            FIELD(FIREWALL_MASKED),
                            FIELD(FIREWALL_HASHED)};
#undef FIELD

constexpr Name kStatuses[] = {{"OK", PISTE_OK},
                              {"INVALID_ARGUMENT", PISTE_INVALID_ARGUMENT},
                              {"INVALID_UTF8", PISTE_INVALID_UTF8},
                              {"INVALID_VALUE", PISTE_INVALID_VALUE},
                              {"MISSING_FIELD", PISTE_MISSING_FIELD},
                              {"INVALID_NUMBER", PISTE_INVALID_NUMBER},
                              {"MALFORMED_EVENT", PISTE_MALFORMED_EVENT},
                              {"TOO_LARGE", PISTE_TOO_LARGE},
                              {"UNSERIALISABLE", PISTE_UNSERIALISABLE},
                              {"QUEUE_FULL", PISTE_QUEUE_FULL},
                              {"CLOSED", PISTE_CLOSED},
                              {"REJECTED", PISTE_REJECTED},
                              {"EVICTED", PISTE_EVICTED},
                              {"EXPIRED", PISTE_EXPIRED},
                              {"DENIED", PISTE_DENIED},
                              {"HELD", PISTE_HELD},
                              {"NO_MEMORY", PISTE_NO_MEMORY},
                              {"UNREADABLE_ROW", PISTE_UNREADABLE_ROW},
                              {"INTERNAL", PISTE_INTERNAL}};

/// The value of a name. A text that is no name must be a number, which stands for itself: cases of bad input need
/// values that the header does not have.
template <size_t N>
int32_t value_of(const Name (&names)[N], const std::string& text) {
  for (const Name& name : names) {
    if (text == name.text) return name.value;
  }
  return std::stoi(text);
}

inline std::string status_name(piste_status status) {
  for (const Name& name : kStatuses) {
    if (status == name.value) return name.text;
  }
  return std::to_string(status);
}

}  // namespace conformance

#endif  // PISTE_TESTS_CONFORMANCE_NAMES_H
