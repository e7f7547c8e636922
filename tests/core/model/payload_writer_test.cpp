// The two forms of a payload: what is dropped, quoted and encoded in each.
#include "model/payload_writer.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::Bytes;
using piste::PayloadWriter;
using tests::written;

namespace {

std::string payload(bool query, bool base64) {
  return written([&](Bytes& out) {
    PayloadWriter writer(out, query);
    writer.begin();
    writer.add("e", "se");
    writer.add("none", "");
    writer.add("zero", "0");
    writer.add("false", "false");
    writer.add("text", "a b\"é&");
    writer.add_json("co", "cx", base64, R"({"k":">>>???"})");
    writer.end();
  });
}

}  // namespace

TEST_CASE("a POST payload is a JSON object of strings") {
  CHECK(payload(false, false) == R"({"e":"se","zero":"0","false":"false","text":"a b\"é&","co":"{\"k\":\">>>???\"}"})");
  CHECK(payload(false, true) == R"({"e":"se","zero":"0","false":"false","text":"a b\"é&","cx":"eyJrIjoiPj4-Pz8_In0"})");
}

TEST_CASE("a GET payload is a query") {
  CHECK(payload(true, false) ==
        "e=se&zero=0&false=false&text=a%20b%22%C3%A9%26&co=%7B%22k%22%3A%22%3E%3E%3E%3F%3F%3F%22%7D");
  CHECK(payload(true, true) == "e=se&zero=0&false=false&text=a%20b%22%C3%A9%26&cx=eyJrIjoiPj4-Pz8_In0");
}

TEST_CASE("a payload of nothing is an empty object or an empty query") {
  for (const bool query : {false, true}) {
    CHECK(written([&](Bytes& out) {
            PayloadWriter writer(out, query);
            writer.begin();
            writer.add("none", "");
            writer.end();
          }) == (query ? "" : "{}"));
  }
}
