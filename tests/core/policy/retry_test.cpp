// When the collector may be asked again: verdicts, the Retry-After header, and the bounds of the random wait.
#include "policy/retry.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "model/limits.h"
#include "support/texts.h"

using piste::judge;
using piste::Moment;
using piste::parse_retry_after;
using piste::Retry;
using piste::Verdict;
using tests::text_of;

namespace {

/// A moment whose entropy stands for the fraction word / 2^32.
Moment moment_of(double mono_ms, uint32_t word) {
  Moment now{1700000000000.0, mono_ms, {}};
  memcpy(now.entropy, &word, sizeof word);
  return now;
}

constexpr uint32_t kNothing = 0;
constexpr uint32_t kHalf = 0x80000000U;
constexpr uint32_t kAlmostAll = 0xFFFFFFFFU;

/// The wait after `failures` failures in a row.
double wait_after(int failures, uint32_t word) {
  Retry retry;
  for (int i = 0; i < failures; ++i) retry.fail(0, moment_of(1000, word));
  return retry.opens_at_ms() - 1000;
}

}  // namespace

TEST_CASE("each outcome is delivered, tried again or rejected") {
  for (int status = 200; status < 300; ++status) {
    uint32_t index = 0;
    CHECK(judge(status, index) == Verdict::delivered);
  }
  const struct {
    int status;
    uint32_t index;
  } rejected[] = {{400, 0}, {401, 1}, {403, 2}, {410, 3}, {422, 4}};
  for (const auto& row : rejected) {
    uint32_t index = 99;
    CHECK(judge(row.status, index) == Verdict::rejected);
    CHECK(index == row.index);
    CHECK(piste::kFinalStatuses[index] == row.status);
  }
  for (const int status : {-2,  -1,  0,   1,   100, 101, 199, 300, 301,  304,       404,
                           408, 413, 429, 500, 502, 503, 504, 599, 1000, INT32_MAX, INT32_MIN}) {
    uint32_t index = 0;
    CHECK(judge(status, index) == Verdict::retry);
  }
}

TEST_CASE("the random wait doubles with each failure up to five minutes") {
  const double whole[] = {1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000, 300000};
  for (int failures = 1; failures <= 12; ++failures) {
    const double expected = whole[failures - 1];
    CHECK(wait_after(failures, kNothing) == 0);
    CHECK(wait_after(failures, kHalf) == expected / 2);
    CHECK(wait_after(failures, kAlmostAll) < expected);
    CHECK(wait_after(failures, kAlmostAll) > expected * 0.999999);
  }
}

TEST_CASE("after very many failures the wait is still bounded") {
  Retry retry;
  for (int i = 0; i < 3000; ++i) retry.fail(0, moment_of(0, kAlmostAll));
  CHECK(retry.failures() == 3000);
  CHECK(retry.opens_at_ms() <= piste::kLongestRetryMs);
}

TEST_CASE("a success opens the gate and forgets the failures") {
  Retry retry;
  CHECK(retry.opens_at_ms() == 0);
  for (int i = 0; i < 5; ++i) retry.fail(60000, moment_of(500, kHalf));
  CHECK(retry.failures() == 5);
  retry.succeed();
  CHECK(retry.failures() == 0);
  CHECK(retry.opens_at_ms() == 0);
  retry.fail(0, moment_of(500, kHalf));
  CHECK(retry.opens_at_ms() == 1000);
}

TEST_CASE("hurry ends the random wait but not what the collector asked for") {
  Retry retry;
  for (int i = 0; i < 5; ++i) retry.fail(0, moment_of(500, kHalf));
  retry.hurry();
  CHECK(retry.opens_at_ms() == 500);
  CHECK(retry.failures() == 5);
  retry.fail(90000, moment_of(1000, kHalf));
  retry.hurry();
  CHECK(retry.opens_at_ms() == 91000);
}

TEST_CASE("the later of the random wait and Retry-After counts") {
  Retry retry;
  retry.fail(100, moment_of(0, kHalf));
  CHECK(retry.opens_at_ms() == 500);
  Retry other;
  other.fail(700, moment_of(0, kHalf));
  CHECK(other.opens_at_ms() == 700);
}

TEST_CASE("a further failure does not shorten what the collector asked for") {
  Retry retry;
  retry.fail(60000, moment_of(1000, kNothing));
  retry.fail(0, moment_of(1001, kNothing));
  retry.hurry();
  CHECK(retry.opens_at_ms() == 61000);
  retry.fail(70000, moment_of(2000, kNothing));
  CHECK(retry.opens_at_ms() == 72000);
}

TEST_CASE("Retry-After is seconds or a date, at most a day") {
  const double now_ms = 784111777000.0;  // Sun, 06 Nov 1994 08:49:37 GMT
  const struct {
    std::string_view header;
    double expected;
  } rows[] = {
      {"", 0},
      {"0", 0},
      {"1", 1000},
      {"120", 120000},
      {"00120", 120000},
      {"86400", 86400000},
      {"86401", 86400000},
      {"999999999999999", 86400000},
      {"Sun, 06 Nov 1994 08:49:38 GMT", 1000},
      {"Sun, 06 Nov 1994 09:49:37 GMT", 3600000},
      {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
      {"Sun, 06 Nov 1994 08:49:36 GMT", 0},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Mon, 07 Nov 1994 08:49:37 GMT", 86400000},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 86400000},
      {"-1", 0},
      {"1.5", 0},
      {"soon", 0},
      {" 120", 0},
      {"120, 120", 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.header);
    CHECK(parse_retry_after(text_of(row.header), now_ms) == row.expected);
  }
}
