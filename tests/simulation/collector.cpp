// What a collector in each condition answers.
#include "collector.h"

#include <cmath>
#include <limits>

#include "piste/piste.h"

namespace simulation {

namespace {

constexpr int32_t kFinal[] = {400, 401, 403, 410, 413, 422};
constexpr int32_t kOdd[] = {204, 206, 301, 302, 304, 400, 404, 405, 408, 409, 413, 418, 425, 429, 500, 511, 599, 999};

}  // namespace

const char* name_of(Condition condition) {
  constexpr const char* kNames[] = {"up",          "slow",     "lossy", "refusing",  "silent",
                                    "unavailable", "limiting", "odd",   "forgetful", "rejecting"};
  return kNames[static_cast<int>(condition)];
}

bool is_down(Condition condition) {
  return condition == Condition::refusing || condition == Condition::silent || condition == Condition::unavailable ||
         condition == Condition::limiting;
}

void Collector::become(Condition condition) {
  if (is_down(condition) && !is_down(condition_)) ++outage_;
  condition_ = condition;
}

Answer Collector::refuse_for_now(int32_t status, double wall_ms) {
  Answer answer{status};
  if (status != 429 && !random_.happens(0.3)) return answer;
  const uint32_t seconds = random_.happens(0.1) ? 3600 + random_.below(1000000) : random_.below(30);
  const uint32_t form = random_.below(8);
  answer.wants_rest = true;
  if (form == 0) {
    answer.wait_ms = std::numeric_limits<double>::quiet_NaN();
  } else if (form <= 3) {
    const double at_ms = wall_ms + (form == 1 ? -1000.0 : 1000.0) * seconds;
    answer.until_ms = std::floor(at_ms / 1000) * 1000;
  } else {
    answer.wait_ms = 1000.0 * seconds;
  }
  return answer;
}

Answer Collector::receive(const Flight& flight, bool poisonous, double wall_ms, bool& stored) {
  stored = false;
  if (flight.bytes > most_bytes_ && !is_down(condition_)) return {413};
  switch (condition_) {
    case Condition::refusing:
    case Condition::silent:
      return {PISTE_OUTCOME_OFFLINE};
    case Condition::unavailable:
      return refuse_for_now(500 + static_cast<int32_t>(random_.below(5)), wall_ms);
    case Condition::limiting:
      return refuse_for_now(429, wall_ms);
    case Condition::rejecting:
      return {401};
    case Condition::forgetful:
      stored = !poisonous;
      return {stored && random_.happens(0.5) ? 200 : 500};
    case Condition::odd: {
      const int32_t status = random_.one_of(kOdd);
      const bool success = status >= 200 && status < 300;
      if (success && poisonous) return {422};
      stored = success;
      return status == 429 ? refuse_for_now(status, wall_ms) : Answer{status};
    }
    default:
      if (poisonous) return {random_.one_of(kFinal)};
      stored = true;
      return {200};
  }
}

}  // namespace simulation
