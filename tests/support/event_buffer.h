// Packs the fields of events into the buffers that piste_track() takes.
#ifndef TESTS_SUPPORT_EVENT_BUFFER_H
#define TESTS_SUPPORT_EVENT_BUFFER_H

#include <string>
#include <string_view>
#include <vector>

namespace tests {

using Fields = std::vector<std::string_view>;

/// The fields that every kind of event has after its own.
struct CommonFields {
  std::string_view entities;
  std::string_view true_ms;
  std::string_view device_ms;
  std::string_view priority;
};

/// Each field as a little-endian uint32 size and its bytes.
std::string packed(const Fields& fields);

/// The buffer of an event: its own fields, then the common ones.
std::string event_buffer(const Fields& own, const CommonFields& common = {});

/// The buffer of a structured event whose row has exactly `row_bytes` bytes (at least 130) in a tracker that sends
/// plain JSON by POST, has nothing set that goes out with every event, and attaches no web_page entity.
std::string event_of_row_bytes(size_t row_bytes, std::string_view priority = "");

}  // namespace tests

#endif  // TESTS_SUPPORT_EVENT_BUFFER_H
