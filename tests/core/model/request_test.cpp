// What goes around payloads: the envelope with its exact sizes, the query, and the collector's URL.
#include "model/request.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "support/texts.h"

using piste::Bytes;
using tests::text_of;
using tests::written;

namespace {

std::string collector_url(std::string_view collector, std::string_view page_url) {
  return written([&](Bytes& out) { piste::append_collector(out, text_of(collector), text_of(page_url)); });
}

}  // namespace

TEST_CASE("an envelope without events has the bytes that batches count for it") {
  const std::string envelope = written([](Bytes& out) {
    piste::append_envelope_start(out);
    piste::append_envelope_end(out);
  });
  CHECK(envelope == R"({"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[]})");
  CHECK(envelope.size() == piste::kEnvelopeBytes);
}

TEST_CASE("each payload of an envelope ends with the sending time") {
  const std::string envelope = written([](Bytes& out) {
    piste::append_envelope_start(out);
    piste::append_envelope_payload(out, R"({"e":"pv"})", 1700000000000.7, true);
    piste::append_envelope_payload(out, R"({"e":"pp","p":"web"})", 1700000000000.7, false);
    piste::append_envelope_end(out);
  });
  const auto json = nlohmann::ordered_json::parse(envelope);
  CHECK(json["data"].dump() == R"([{"e":"pv","stm":"1700000000000"},{"e":"pp","p":"web","stm":"1700000000000"}])");
}

TEST_CASE("the sending time adds the bytes that batches count for it, now and in two hundred years") {
  const std::string_view payload = R"({"e":"pv"})";
  for (const double sent_ms : {1000000000000.0, 1700000000000.0, 9999999999999.0}) {
    const std::string with_time =
        written([&](Bytes& out) { piste::append_envelope_payload(out, text_of(payload), sent_ms, true); });
    CHECK(with_time.size() == payload.size() + piste::kSentTimeBytes);
  }
}

TEST_CASE("a collector without a scheme gets that of the page") {
  const struct {
    std::string_view collector, page_url, expected;
  } rows[] = {
      {"https://c.test", "http://a.test/", "https://c.test"},
      {"http://c.test", "https://a.test/", "http://c.test"},
      {"c.test", "https://a.test/", "https://c.test"},
      {"c.test", "http://a.test/", "http://c.test"},
      {"c.test:9090", "http://a.test/", "http://c.test:9090"},
      {"c.test", "", "https://c.test"},
      {"c.test", "file:///a", "https://c.test"},
      {"", "", "https://"},
      {"://", "", "://"},
      {":/", "", "https://:/"},
  };
  for (const auto& row : rows) CHECK(collector_url(row.collector, row.page_url) == row.expected);
}

TEST_CASE("a query begins with the sending time") {
  CHECK(written([](Bytes& out) { piste::append_query(out, "e=pv&p=web", 1700000000000.0); }) ==
        "/i?stm=1700000000000&e=pv&p=web");
}
