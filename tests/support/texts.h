// Moves between the core's own text types and the standard's, for the native tests.
#ifndef TESTS_SUPPORT_TEXTS_H
#define TESTS_SUPPORT_TEXTS_H

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tests {

inline piste::Text text_of(std::string_view text) { return {text.data(), static_cast<uint32_t>(text.size())}; }

inline std::string string_of(piste::Text text) {
  return text.empty() ? std::string() : std::string(text.data, text.size);
}

/// What `append` writes into a new buffer; a mark that no test expects if the buffer failed.
template <typename Append>
std::string written(Append append) {
  piste::Bytes out;
  append(out);
  return out.ok() ? string_of(out.text()) : "(memory ran out)";
}

}  // namespace tests

#endif  // TESTS_SUPPORT_TEXTS_H
