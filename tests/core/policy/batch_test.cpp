// Batches: which rows share a request, and that the counted bytes are those of the body.
#include "policy/batch.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "model/request.h"
#include "support/texts.h"

using piste::Batch;
using piste::RowKind;

namespace {

constexpr RowKind kPost{false, false};
constexpr RowKind kAnonymous{false, true};
constexpr RowKind kGet{true, false};

/// Of a row that may be in a request with however many others.
constexpr uint32_t kAny = UINT32_MAX;

/// Bytes of a body around one payload: envelope and sending time.
constexpr uint32_t kAround = 88 + 22;

uint32_t row_bytes(uint32_t payload_bytes) { return payload_bytes + piste::kRowFrameBytes; }

/// The body that the engine writes for payloads of these sizes.
uint32_t body_bytes(const std::vector<uint32_t>& payloads) {
  piste::Bytes body;
  piste::append_envelope_start(body);
  for (size_t i = 0; i < payloads.size(); ++i) {
    const std::string payload = "{" + std::string(payloads[i] - 2, 'x') + "}";
    piste::append_envelope_payload(body, tests::text_of(payload), 1700000000000.0, i == 0);
  }
  piste::append_envelope_end(body);
  return body.size();
}

}  // namespace

TEST_CASE("a new batch is empty") {
  const Batch batch(1000);
  CHECK(batch.count() == 0);
  CHECK(batch.bytes() == 0);
}

TEST_CASE("a batch takes rows up to the byte and not one more") {
  const uint32_t two = kAround + 100 + 1 + 22 + 200;
  const struct {
    uint32_t limit;
    bool expected;
  } rows[] = {{two - 1, false}, {two, true}, {two + 1, true}};
  for (const auto& row : rows) {
    Batch batch(row.limit);
    CHECK(batch.take(row_bytes(100), kPost, kAny));
    CHECK(batch.bytes() == kAround + 100);
    CHECK(batch.take(row_bytes(200), kPost, kAny) == row.expected);
    CHECK(batch.bytes() == (row.expected ? two : kAround + 100));
    CHECK(batch.count() == (row.expected ? 2 : 1));
  }
}

TEST_CASE("the first row is taken however large it is, and then nothing else") {
  for (const uint32_t limit : {0U, 1U, 40000U}) {
    Batch batch(limit);
    CHECK(batch.take(row_bytes(500000), kPost, kAny));
    CHECK(batch.bytes() == kAround + 500000);
    CHECK_FALSE(batch.take(row_bytes(2), kPost, kAny));
    CHECK(batch.count() == 1);
  }
}

TEST_CASE("a batch holds one kind of row, and a GET one row") {
  const struct {
    RowKind first, second;
    bool expected;
  } rows[] = {{kPost, kPost, true},           {kPost, kAnonymous, false},
              {kAnonymous, kPost, false},     {kPost, kGet, false},
              {kGet, kPost, false},           {kGet, kGet, false},
              {kAnonymous, kAnonymous, true}, {{true, true}, {true, true}, false}};
  for (const auto& row : rows) {
    Batch batch(40000);
    CHECK(batch.take(row_bytes(50), row.first, kAny));
    CHECK(batch.take(row_bytes(50), row.second, kAny) == row.expected);
    CHECK(batch.kind() == row.first);
  }
}

TEST_CASE("a batch holds no more events than the least sociable of them allows") {
  const struct {
    std::vector<uint32_t> company;
    uint32_t expected;
  } rows[] = {
      {{1, 1}, 1},          {{1, kAny}, 1},       {{kAny, 1}, 1},       {{2, 2, 2}, 2},
      {{2, kAny, kAny}, 2}, {{kAny, 2, kAny}, 2}, {{kAny, kAny, 2}, 2}, {{kAny, kAny, 3, kAny}, 3},
      {{5, 4, 3, 2, 1}, 3}, {{4, 4, 4, 4, 4}, 4}, {{0, 0}, 1},          {{kAny, kAny, kAny, kAny, kAny}, 5},
  };
  for (const auto& row : rows) {
    Batch batch(40000);
    uint32_t taken = 0;
    while (taken < row.company.size() && batch.take(row_bytes(50), kPost, row.company[taken])) ++taken;
    CHECK(taken == row.expected);
    CHECK(batch.count() == row.expected);
  }
}

TEST_CASE("the counted bytes are those of the real body, for many batches") {
  uint32_t state = 12345;
  const auto next = [&](uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  for (int round = 0; round < 300; ++round) {
    const uint32_t limit = 200 + next(20000);
    Batch batch(limit);
    std::vector<uint32_t> payloads;
    for (uint32_t payload = 2 + next(2000); batch.take(row_bytes(payload), kPost, kAny); payload = 2 + next(2000)) {
      payloads.push_back(payload);
    }
    const uint32_t real = body_bytes(payloads);
    CHECK(batch.bytes() == real);
    CHECK(batch.count() == payloads.size());
    CHECK((real <= limit || payloads.size() == 1));
  }
}
