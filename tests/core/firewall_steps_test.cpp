// How much work a hostile value makes: basic blocks, counted, not seconds. Twice the bytes must be no more than about
// twice the work, whatever they are, and a megabyte no more than a fixed number for each byte.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "model/limits.h"
#include "policy/firewall.h"
#include "support/texts.h"

namespace {
uint64_t blocks = 0;
}  // namespace

// Called by what is compiled with -fsanitize-coverage=trace-pc, at the beginning of each basic block.
extern "C" void __sanitizer_cov_trace_pc();  // NOLINT(bugprone-reserved-identifier)
extern "C" void __sanitizer_cov_trace_pc() { ++blocks; }

namespace {

using tests::text_of;

constexpr size_t kMegabyte = 1000000;

std::string repeated(const std::string& piece, size_t size) {
  std::string text;
  text.reserve(size + piece.size());
  while (text.size() < size) text += piece;
  return text;
}

/// As many rules as there may be, that are much alike and like what is to be looked at.
std::string most_rules() {
  std::string rules = "safe\nuch\nuth\nxcm\nxth";
  for (uint32_t i = 4; i < piste::kMaxFirewallRules; ++i) {
    rules += i % 2 == 0 ? "\nuqmaaaa*" + std::to_string(i) : "\nusm/a*/**/a/*/a" + std::to_string(i);
  }
  return rules;
}

double steps_of(const std::string& rules, const std::string& value) {
  piste::Firewall firewall;
  REQUIRE(firewall.set(text_of(rules)) == piste::Status::ok);
  const std::string payload = R"({"url":")" + value + R"(","page":")" + value + R"(","co":")" + value + R"("})";
  piste::Bytes out;
  blocks = 0;
  REQUIRE(firewall.append(out, text_of(payload), false) == piste::Status::ok);
  return static_cast<double>(blocks);
}

/// With a bar between, each to be repeated.
constexpr std::string_view kPieces =
    "a|@|a@|a@a.|a@b.co|a@b.co@|.|eyJ|eyJ.|eyJ.a.b@|4|4 |4-4+|4111 1111 |4111111111111111-|a1|a1-|a1b2c3d4e5f6a7b8c9d0|"
    "%|%25|%2525|%3D%3F|?|?a=|&|&a|&aaaa|&a=b|&token=|&token=x|=|#|#a=|;a=|/|/a|/a/a|/aaaa|?token=*|\\\"|\\\\|"
    "\\u0040|\\ud800|\xC3\xA9|*|***|&*=*|[|&a[b]|&a.|://a@|&?token=a|https://a.test/?b=/?c=|0 |2 | |a@b.co |"
    "4111111111111111 |";

std::vector<std::string> pieces() {
  std::vector<std::string> all;
  for (size_t start = 0; start < kPieces.size();) {
    const size_t end = kPieces.find('|', start);
    all.emplace_back(kPieces.substr(start, end - start));
    start = end + 1;
  }
  return all;
}

}  // namespace

TEST_CASE("twice the bytes are at most about twice the work") {
  for (const std::string& rules : {std::string("safe"), most_rules()}) {
    for (const std::string& piece : pieces()) {
      for (const char* head : {"", "https://h.test/", "/?q=", "/#", "/?password="}) {
        const double once = steps_of(rules, head + repeated(piece, 20000));
        const double twice = steps_of(rules, head + repeated(piece, 40000));
        INFO(head << piece << " by " << rules.substr(0, 20));
        CHECK(twice <= once * 2.2);
      }
    }
  }
}

TEST_CASE("a megabyte is a fixed number of steps for each byte at most") {
  for (const char* piece : {"a", "&aaaa", "/a", "4 ", "a@b.co", "?a=", "&token=x", "%25"}) {
    const double steps = steps_of(most_rules(), "https://h.test/" + repeated(piece, kMegabyte));
    INFO(piece);
    CHECK(steps / (3 * kMegabyte) < 1000);
  }
}
