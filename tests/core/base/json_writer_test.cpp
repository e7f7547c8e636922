// Objects: where commas go, what is escaped and what is copied.
#include "base/json_writer.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::Bytes;
using piste::JsonWriter;
using tests::written;

TEST_CASE("an object without members is a pair of braces") {
  CHECK(written([](Bytes& out) {
          JsonWriter json(out);
          json.begin_object();
          json.end_object();
        }) == "{}");
}

TEST_CASE("members are parted by commas and keep their order") {
  CHECK(written([](Bytes& out) {
          JsonWriter json(out);
          json.begin_object();
          json.member("b", "1");
          json.member("a", "");
          json.key("n");
          json.number(12);
          json.end_object();
        }) == R"({"b":"1","a":"","n":12})");
}

TEST_CASE("strings are escaped, values are copied") {
  CHECK(written([](Bytes& out) {
          JsonWriter json(out);
          json.begin_object();
          json.member("s", "a\"\n");
          json.key("v");
          json.value(R"([1,"\n"])");
          json.end_object();
        }) == R"({"s":"a\"\n","v":[1,"\n"]})");
}

TEST_CASE("a member follows a nested object with a comma, an empty one too") {
  CHECK(written([](Bytes& out) {
          JsonWriter json(out);
          json.begin_object();
          json.key("o");
          json.begin_object();
          json.member("x", "1");
          json.end_object();
          json.key("p");
          json.begin_object();
          json.end_object();
          json.member("q", "2");
          json.end_object();
        }) == R"({"o":{"x":"1"},"p":{},"q":"2"})");
}
