// Finds events by the last part of their ids.
#include "history.h"

#include <cstdlib>
#include <string_view>

namespace simulation {

namespace {

constexpr std::string_view kInJson = R"("eid":")";
constexpr std::string_view kInQuery = "eid=";
constexpr size_t kLastPartAt = 24;  // of xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
constexpr size_t kLastPartSize = 12;

/// The number of the id that follows `mark` at or after `at`, which is moved behind it; 0 if there is none.
uint64_t next_event(const std::string& text, std::string_view mark, size_t& at) {
  at = text.find(mark, at);
  if (at == std::string::npos || at + mark.size() + kLastPartAt + kLastPartSize > text.size()) return 0;
  at += mark.size() + kLastPartAt;
  return std::strtoull(text.substr(at, kLastPartSize).c_str(), nullptr, 16);
}

}  // namespace

EventFacts& History::add(uint64_t number) {
  EventFacts& facts = events_[number];
  facts.number = number;
  return facts;
}

EventFacts* History::find(uint64_t number) {
  const auto found = events_.find(number);
  return found == events_.end() ? nullptr : &found->second;
}

std::vector<uint64_t> read_events(const std::string& body, const std::string& url) {
  size_t at = 0;
  if (body.empty()) return {next_event(url, kInQuery, at)};
  std::vector<uint64_t> events;
  while (const uint64_t event = next_event(body, kInJson, at)) events.push_back(event);
  return events;
}

uint64_t read_event(const std::string& row) {
  size_t at = 0;
  const uint64_t event = next_event(row, kInJson, at);
  at = 0;
  return event != 0 ? event : next_event(row, kInQuery, at);
}

double read_row_time(const std::string& row) {
  constexpr size_t kTimeAt = 4;
  constexpr size_t kTimeSize = 14;
  constexpr double kTimeBase = 1e13;
  return row.size() < kTimeAt ? 0 : std::strtod(row.substr(kTimeAt, kTimeSize).c_str(), nullptr) - kTimeBase;
}

}  // namespace simulation
