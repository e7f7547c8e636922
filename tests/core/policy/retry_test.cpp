// When the collector may be asked again: verdicts, Retry-After, the probe, and the bounds of the random wait.
#include "policy/retry.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "model/limits.h"
#include "support/texts.h"

using piste::judge;
using piste::Key;
using piste::Moment;
using piste::Probe;
using piste::Retry;
using piste::Settings;
using piste::Verdict;

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
  const Settings settings;
  for (int status = 200; status < 300; ++status) {
    uint32_t index = 0;
    CHECK(judge(status, settings, index) == Verdict::delivered);
  }
  const struct {
    int status;
    uint32_t index;
  } rejected[] = {{400, 0}, {401, 1}, {403, 2}, {410, 3}, {413, 4}, {422, 5}};
  for (const auto& row : rejected) {
    uint32_t index = 99;
    CHECK(judge(row.status, settings, index) == Verdict::rejected);
    CHECK(index == row.index);
    CHECK(piste::kFinalStatuses[index] == row.status);
  }
  for (const int status : {-2,  -1,  0,   1,   100, 101, 199, 300, 301,  304,       404,
                           408, 414, 429, 500, 502, 503, 504, 599, 1000, INT32_MAX, INT32_MIN}) {
    uint32_t index = 0;
    CHECK(judge(status, settings, index) == Verdict::retry);
  }
}

TEST_CASE("a host says which statuses are final and which are tried again") {
  const struct {
    const char *retried, *final, *retry_failed;
    int32_t outcome;
    Verdict verdict;
  } rows[] = {
      {"401", "", "1", 401, Verdict::retry},        {"401", "401", "1", 401, Verdict::retry},
      {"500", "500", "1", 500, Verdict::retry},     {"401", "", "1", 403, Verdict::rejected},
      {"401", "", "1", 503, Verdict::retry},        {"", "500", "1", 500, Verdict::given_up},
      {"", "403", "1", 403, Verdict::given_up},     {"", "500", "1", 503, Verdict::retry},
      {"", "500", "1", 403, Verdict::rejected},     {"", "", "0", 500, Verdict::given_up},
      {"", "", "0", 410, Verdict::given_up},        {"500", "", "0", 500, Verdict::given_up},
      {"", "", "0", -2, Verdict::given_up},         {"", "500", "1", -2, Verdict::retry},
      {"200", "200", "0", 200, Verdict::delivered}, {"", "204", "1", 204, Verdict::delivered},
  };
  for (const auto& row : rows) {
    CAPTURE(row.retried, row.final, row.retry_failed, row.outcome);
    Settings settings;
    CHECK(settings.set(Key::retried_statuses, tests::text_of(row.retried)) == piste::Status::ok);
    CHECK(settings.set(Key::final_statuses, tests::text_of(row.final)) == piste::Status::ok);
    CHECK(settings.set(Key::retry_failed, tests::text_of(row.retry_failed)) == piste::Status::ok);
    uint32_t index = 99;
    CHECK(judge(row.outcome, settings, index) == row.verdict);
    const bool is_known = row.outcome >= 400 && row.outcome < 500;
    CHECK((index != 99) == is_known);
    if (is_known) CHECK(piste::kFinalStatuses[index] == row.outcome);
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

TEST_CASE("of requests that fail together only the longest Retry-After counts, and they are one failure") {
  Retry retry;
  retry.fail(0, moment_of(1000, kHalf));
  retry.obey(300, moment_of(1001, kHalf));
  CHECK(retry.opens_at_ms() == 1500);
  retry.obey(700, moment_of(1001, kHalf));
  CHECK(retry.opens_at_ms() == 1701);
  retry.obey(0, moment_of(1002, kHalf));
  CHECK(retry.opens_at_ms() == 1701);
  CHECK(retry.failures() == 1);
}

TEST_CASE("while the collector is down only the holder of the probe may pass") {
  for (const Probe probe : {Probe::none, Probe::asked, Probe::held}) {
    Retry retry;
    CHECK_FALSE(retry.is_barred());
    retry.set_probe(probe);
    CHECK(retry.probe() == probe);
    CHECK_FALSE(retry.is_barred());
    for (int failures = 0; failures < 9; ++failures) {
      retry.fail(0, moment_of(1000, kHalf));
      CHECK(retry.is_barred() == (probe != Probe::held));
    }
    retry.succeed();
    CHECK_FALSE(retry.is_barred());
  }
}

TEST_CASE("neither failure nor success nor hurry touches the probe") {
  Retry retry;
  CHECK(retry.probe() == Probe::none);
  for (const Probe probe : {Probe::asked, Probe::held, Probe::none}) {
    retry.set_probe(probe);
    retry.fail(0, moment_of(1000, kHalf));
    CHECK(retry.probe() == probe);
    retry.hurry();
    CHECK(retry.probe() == probe);
    retry.succeed();
    CHECK(retry.probe() == probe);
  }
}

TEST_CASE("a Retry-After is obeyed for at most a day, and one that is no time is none") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const struct {
    double retry_after_ms, expected;
  } rows[] = {
      {0, 0},
      {1, 1},
      {1000.5, 1000.5},
      {86399999, 86399999},
      {86400000, 86400000},
      {86400001, 86400000},
      {9007199254740993.0, 86400000},
      {1e300, 86400000},
      {infinity, 86400000},
      {-1, 0},
      {-1e300, 0},
      {-infinity, 0},
      {nan, 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.retry_after_ms);
    Retry failed;
    failed.fail(row.retry_after_ms, moment_of(1000, kNothing));
    CHECK(failed.opens_at_ms() == 1000 + row.expected);
    Retry obeyed;
    obeyed.fail(0, moment_of(1000, kNothing));
    obeyed.obey(row.retry_after_ms, moment_of(1000, kNothing));
    CHECK(obeyed.opens_at_ms() == 1000 + row.expected);
  }
}
