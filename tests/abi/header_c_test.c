/* The boundary from C: the header twice, as C11 and (header_cpp_test.cpp) as C++17, and one event from end to end. */
#include "piste/piste.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;

static void check(int holds, const char* what, int line) {
  if (holds) return;
  fprintf(stderr, "header_c_test.c:%d: %s\n", line, what);
  ++failures;
}
#define CHECK(condition) check((condition), #condition, __LINE__)

static size_t append_field(char* buffer, size_t used, const char* text) {
  const uint32_t size = (uint32_t)strlen(text);
  unsigned i;
  for (i = 0; i < 4; ++i) buffer[used + i] = (char)(size >> (8 * i));
  memcpy(buffer + used + 4, text, size);
  return used + 4 + size;
}

static piste_status set_text(piste_tracker* tracker, piste_key key, const char* text) {
  return piste_set(tracker, key, text, strlen(text));
}

static int has_text(piste_tracker* tracker, piste_field field, const char* wanted) {
  const size_t size = piste_text_size(tracker, field);
  return size == strlen(wanted) && memcmp(piste_text(tracker, field), wanted, size) == 0;
}

static piste_status track_structured(piste_tracker* tracker, const piste_moment* now) {
  const char* const fields[] = {"shop", "add", "", "", "1.5", "", "", "", "2"};
  char buffer[128];
  size_t used = 0;
  size_t i;
  for (i = 0; i < sizeof fields / sizeof fields[0]; ++i) used = append_field(buffer, used, fields[i]);
  return piste_track(tracker, PISTE_EVENT_STRUCTURED, buffer, used, now);
}

static void check_request(piste_tracker* tracker) {
  CHECK(has_text(tracker, PISTE_FIELD_URL, "https://c.test/com.snowplowanalytics.snowplow/tp2"));
  CHECK(has_text(tracker, PISTE_FIELD_BODY,
                 "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":["
                 "{\"e\":\"se\",\"se_ca\":\"shop\",\"se_ac\":\"add\",\"se_va\":\"1.5\","
                 "\"eid\":\"00000000-0000-4000-8000-000000000000\",\"tv\":\"c-test\",\"p\":\"web\","
                 "\"dtm\":\"1700000000000\",\"stm\":\"1700000000000\"}]}"));
  CHECK(piste_number(tracker, PISTE_FIELD_KEEPALIVE) == 1);
  CHECK(piste_number(tracker, PISTE_FIELD_ANONYMOUS) == 0);
}

static void check_delivery(piste_tracker* tracker, const piste_moment* now) {
  double id;
  CHECK(piste_next(tracker, now) == PISTE_ACTION_STORE);
  CHECK(piste_number(tracker, PISTE_FIELD_LASTING) == 0);
  CHECK(piste_done(tracker, piste_number(tracker, PISTE_FIELD_ID), PISTE_OUTCOME_OK, 0, now) == PISTE_OK);
  CHECK(piste_number(tracker, PISTE_FIELD_STORED) == 1);
  CHECK(piste_next(tracker, now) == PISTE_ACTION_SEND);
  check_request(tracker);
  id = piste_number(tracker, PISTE_FIELD_ID);
  CHECK(piste_done(tracker, id, 200, 0, now) == PISTE_OK);
  CHECK(piste_next(tracker, now) == PISTE_ACTION_ERASE);
  CHECK(piste_number(tracker, PISTE_FIELD_WHY) == PISTE_OK);
  CHECK(piste_number(tracker, PISTE_FIELD_OUTCOME) == 200);
  CHECK(piste_next(tracker, now) == PISTE_ACTION_IDLE);
  CHECK(has_text(tracker, PISTE_FIELD_STATS,
                 "{\"accepted\":1,\"restored\":0,\"delivered\":1,\"pending\":0,\"rejected\":{},\"dropped\":{},"
                 "\"stored\":0,\"inFlight\":0,\"failures\":0,\"retryInMs\":0}"));
}

int main(void) {
  piste_tracker* const tracker = piste_create();
  piste_moment now;
  memset(&now, 0, sizeof now);
  now.wall_ms = 1700000000000.0;
  CHECK(sizeof now == 32);
  CHECK(piste_abi_version() == PISTE_ABI_VERSION);
  CHECK(tracker != NULL);
  CHECK(set_text(tracker, PISTE_KEY_COLLECTOR, "https://c.test") == PISTE_OK);
  CHECK(set_text(tracker, PISTE_KEY_TRACKER_VERSION, "c-test") == PISTE_OK);
  CHECK(set_text(tracker, PISTE_KEY_WEB_PAGE, "0") == PISTE_OK);
  CHECK(set_text(tracker, PISTE_KEY_WEB_PAGE, "maybe") == PISTE_INVALID_VALUE);
  CHECK(strlen(piste_status_message(PISTE_INVALID_VALUE)) > 0);
  CHECK(track_structured(tracker, &now) == PISTE_OK);
  check_delivery(tracker, &now);
  piste_destroy(tracker);
  return failures == 0 ? 0 : 1;
}
