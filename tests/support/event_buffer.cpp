// The sizes are written byte by byte, so that the tests do not share the core's idea of byte order.
#include "support/event_buffer.h"

namespace tests {

std::string packed(const Fields& fields) {
  std::string buffer;
  for (const std::string_view field : fields) {
    for (size_t shift = 0; shift < 32; shift += 8) buffer.push_back(static_cast<char>(field.size() >> shift & 0xFF));
    buffer.append(field);
  }
  return buffer;
}

std::string event_buffer(const Fields& own, const CommonFields& common) {
  Fields all = own;
  all.insert(all.end(), {common.entities, common.true_ms, common.device_ms, common.priority});
  return packed(all);
}

std::string event_of_row_bytes(size_t row_bytes, std::string_view priority) {
  constexpr std::string_view kRowWithEmptyAction =
      R"(2p-111700000000000{"e":"se","se_ca":"c","se_ac":"","eid":"00000000-0000-4000-8000-000000000000","p":"web",)"
      R"("dtm":"1700000000000"})"
      "\n";
  const std::string action(row_bytes - kRowWithEmptyAction.size(), 'x');
  return event_buffer({"c", action, "", "", ""}, {"", "", "", priority});
}

}  // namespace tests
