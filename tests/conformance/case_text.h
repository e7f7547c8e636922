// Texts of a case as the bytes that go through the boundary; see README.md, "Texts".
#ifndef PISTE_TESTS_CONFORMANCE_CASE_TEXT_H
#define PISTE_TESTS_CONFORMANCE_CASE_TEXT_H

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace conformance {

using Json = nlohmann::ordered_json;

/// The rows that a tracker asked to store, by id.
using Rows = std::map<double, std::string>;

/// Bytes, or the null pointer with a size.
struct CaseText {
  std::string bytes;
  bool is_null = false;
  size_t null_size = 0;

  const char* data() const { return is_null ? nullptr : bytes.data(); }
  size_t size() const { return is_null ? null_size : bytes.size(); }
};

inline std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

inline CaseText read_text(const Json& value, const Rows& rows);

inline std::string repeated(const Json& value, const Rows& rows) {
  const std::string once = read_text(value["$repeat"], rows).bytes;
  std::string bytes;
  for (int i = value["times"]; i > 0; --i) bytes += once;
  return bytes;
}

inline std::string joined(const Json& parts, const Rows& rows) {
  std::string bytes;
  for (const Json& part : parts) bytes += read_text(part, rows).bytes;
  return bytes;
}

inline CaseText read_text(const Json& value, const Rows& rows) {
  if (value.is_string()) return {value.get<std::string>()};
  if (value.contains("$hex")) return {from_hex(value["$hex"])};
  if (value.contains("$repeat")) return {repeated(value, rows)};
  if (value.contains("$join")) return {joined(value["$join"], rows)};
  if (value.contains("$row")) return {rows.at(value["$row"].get<double>())};
  if (value.contains("$null")) return {"", true, value["$null"].get<size_t>()};
  return {value.dump()};
}

/// The text of a member of `step`; empty if it has none.
inline CaseText text_of(const Json& step, const char* member, const Rows& rows) {
  return step.contains(member) ? read_text(step[member], rows) : CaseText{};
}

}  // namespace conformance

#endif  // PISTE_TESTS_CONFORMANCE_CASE_TEXT_H
