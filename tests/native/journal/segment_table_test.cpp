// Segments by age: which are appended to, done, given up, adopted, worth compaction.
#include "journal/segment_table.h"

#include <errno.h>

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "journal/limits.h"
#include "native/support/faulty_disk.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

/// A row that fills a segment of kSmall bytes.
const std::string kLarge(1000, 'r');
constexpr uint32_t kSmall = kHeadBytes + 500;

struct Tables {
  TemporaryFolder root;
  FaultyDisk disk;
  std::vector<Lost> lost;

  std::unique_ptr<SegmentTable> table(uint64_t most_bytes = kMostBytes, uint32_t segment_bytes = kSmall) {
    auto made = std::make_unique<SegmentTable>(disk, root.path(), TableLimits{most_bytes, segment_bytes});
    REQUIRE(made->adopt() == Status::ok);
    return made;
  }
  RowId append(SegmentTable& table, const std::string& row = kLarge, double wall_ms = 1) {
    RowId id = 0;
    REQUIRE(table.append(row, wall_ms, id, lost) == Status::ok);
    return id;
  }
};

Status mark(SegmentTable& table, const std::vector<RowId>& ids) { return table.mark(ids.data(), ids.size()); }

std::vector<RowId> ids_of(const std::vector<Lost>& lost, LossReason reason) {
  std::vector<RowId> ids;
  for (const Lost& each : lost) {
    CHECK(each.reason == reason);
    ids.push_back(each.id);
  }
  return ids;
}

}  // namespace

TEST_CASE("an id is a segment and an index in it") {
  CHECK(row_id(0x12345678, 0x9ABC) == 0x123456789ABC);
  CHECK(handle_of(0x123456789ABC) == 0x12345678);
  CHECK(index_of(0x123456789ABC) == 0x9ABC);
}

TEST_CASE("a full segment is followed by another, and ids rise") {
  Tables tables;
  const auto table = tables.table();
  RowId last = 0;
  for (int i = 0; i < 5; i++) {
    const RowId id = tables.append(*table);
    CHECK(id > last);
    last = id;
  }
  CHECK(table->segments() == 5);
  CHECK(tables.root.files().size() == 5);
  CHECK(table->pending() == 5);
  uint64_t bytes = 0;
  for (const std::string& file : tables.root.files()) bytes += std::filesystem::file_size(file);
  CHECK(table->bytes() == bytes);
}

TEST_CASE("a segment takes no more rows than it has marks for") {
  Tables tables;
  const auto table = tables.table(kMostBytes, kSegmentBytes);
  for (uint32_t i = 0; i <= kMostRows; i++) tables.append(*table, "x");
  CHECK(table->segments() == 2);
}

TEST_CASE("a segment that is done is removed, but for the one that is appended to") {
  Tables tables;
  const auto table = tables.table();
  const RowId first = tables.append(*table);
  const RowId second = tables.append(*table);
  const RowId third = tables.append(*table);
  CHECK(mark(*table, {first, third, third, first, 0, 1, row_id(99, 3), row_id(handle_of(second), 7)}) == Status::ok);
  CHECK(table->segments() == 2);
  CHECK(table->pending() == 1);
  CHECK(mark(*table, {second}) == Status::ok);
  CHECK(table->segments() == 1);
  // It is full, and done.
  tables.append(*table);
  CHECK(table->segments() == 1);
  CHECK(tables.root.files().size() == 1);
}

TEST_CASE("a segment that is done gives its room to a disk that is full") {
  Tables tables;
  const auto table = tables.table(kMostBytes, kSegmentBytes);
  const RowId id = tables.append(*table);
  tables.disk.room = 0;
  RowId none = 0;
  CHECK(table->append(kLarge, 1, none, tables.lost) == Status::no_space);
  CHECK(tables.root.files().size() == 1);
  tables.disk.room = UINT64_MAX;
  CHECK(mark(*table, {id}) == Status::ok);
  tables.disk.room = 0;
  CHECK(table->append(kLarge, 1, none, tables.lost) == Status::no_space);
  CHECK(none == 0);
  CHECK(tables.root.files().empty());
  CHECK(table->bytes() == 0);
}

TEST_CASE("rows of one segment that are done together are one write") {
  Tables tables;
  const auto table = tables.table(kMostBytes, kSegmentBytes);
  std::vector<RowId> ids;
  for (int i = 0; i < 100; i++) ids.push_back(tables.append(*table, "row"));
  ids.pop_back();
  const int before = tables.disk.writes;
  CHECK(mark(*table, ids) == Status::ok);
  CHECK(tables.disk.writes == before + 1);
  tables.append(*table, "row");
  tables.disk.write_error = EIO;
  CHECK(mark(*table, {ids.back() + 1}) == Status::failed);
  CHECK(table->pending() == 1);
}

TEST_CASE("the oldest segment makes room, and its pending rows are told") {
  Tables tables;
  constexpr uint64_t kThree = 3 * (kHeadBytes + 1016);
  const auto table = tables.table(kThree);
  const RowId first = tables.append(*table);
  tables.append(*table);
  tables.append(*table);
  CHECK(tables.lost.empty());
  tables.append(*table);
  CHECK(ids_of(tables.lost, LossReason::evicted) == std::vector<RowId>{first});
  CHECK(table->bytes() == kThree);
  CHECK(table->pending() == 3);
  RowId id = 0;
  CHECK(table->append(std::string(kThree, 'x'), 1, id, tables.lost) == Status::too_large);
  CHECK(table->pending() == 3);
  tables.lost.clear();
  tables.append(*table, std::string(kThree - kHeadBytes - 16, 'x'));
  CHECK(tables.lost.size() == 3);
  CHECK(table->pending() == 1);
}

TEST_CASE("segments whose newest row is too old are given up") {
  Tables tables;
  const auto table = tables.table();
  const RowId old = tables.append(*table, kLarge, 1000);
  tables.append(*table, kLarge, 3000);
  const RowId middle = tables.append(*table, kLarge, 2000);
  table->expire(1000, tables.lost);
  CHECK(tables.lost.empty());
  table->expire(2500, tables.lost);
  CHECK(ids_of(tables.lost, LossReason::expired) == std::vector<RowId>{old, middle});
  CHECK(table->segments() == 1);
  tables.append(*table, kLarge, 4000);
  CHECK(table->segments() == 2);
}

TEST_CASE("the first folder of the dead is gone on with, others are emptied and removed") {
  Tables tables;
  auto first = tables.table();
  auto second = tables.table();
  tables.append(*first);
  const RowId done = tables.append(*second);
  tables.append(*second);
  CHECK(mark(*second, {done}) == Status::ok);
  first.reset();
  second.reset();
  CHECK(tables.root.folders() == 2);

  auto table = tables.table();
  CHECK(table->pending() == 2);
  CHECK(tables.table()->pending() == 0);
  CHECK(tables.append(*table) > row_id(2, 0));
  CHECK(mark(*table, {row_id(1, 0), row_id(2, 0)}) == Status::ok);
  CHECK(tables.root.folders() == 1);
  CHECK(mark(*table, {row_id(3, 0)}) == Status::ok);
  table->close();
  CHECK(tables.root.folders() == 0);
}

TEST_CASE("adopting later puts what is found behind what was appended, and before what will be") {
  Tables tables;
  auto other = tables.table();
  const auto table = tables.table(kMostBytes, kSegmentBytes);
  const RowId before = tables.append(*table, "before");
  tables.append(*other);
  other.reset();
  REQUIRE(table->adopt() == Status::ok);
  const RowId after = tables.append(*table, "after");
  CHECK(table->segments() == 3);
  CHECK(handle_of(after) == handle_of(before) + 2);
  REQUIRE(table->adopt() == Status::ok);
  CHECK(table->pending() == 3);
}

TEST_CASE("rows that a reader misses are taken off and counted") {
  Tables tables;
  const auto table = tables.table();
  const Handle sealed = handle_of(tables.append(*table));
  const RowId active = tables.append(*table);
  table->miss(sealed, 0, 0);
  table->miss(99, 0, 5);
  table->miss(sealed, 0, 1);
  CHECK(table->damaged_rows() == 1);
  CHECK(table->segments() == 1);
  CHECK(mark(*table, {active}) == Status::ok);
  table->miss(handle_of(active), 0, 1);
  CHECK(table->damaged_rows() == 1);
}

TEST_CASE("compaction is worth it when rows that are done take an eighth of the others") {
  Tables tables;
  const auto table = tables.table(kMostBytes, 3 * kHeadBytes);
  std::vector<RowId> ids;
  for (int i = 0; i < 160; i++) ids.push_back(tables.append(*table));
  REQUIRE(table->segments() > 9);
  const Handle third = handle_of(ids[40]);
  Handle found = 0;
  size_t marked = 0;
  for (size_t i = 32; i < ids.size() && found == 0; i += 2, marked++) {
    CHECK(mark(*table, {ids[i]}) == Status::ok);
    found = table->wasteful();
  }
  CHECK(found == third);
  const auto ninth = static_cast<size_t>(table->bytes() / 9 / (kRecordHeadBytes + kLarge.size()));
  CHECK(marked >= ninth - 1);
  CHECK(marked <= ninth + 1);
}

TEST_CASE("the segment that is appended to can be the wasteful one; then it is sealed") {
  Tables tables;
  const auto table = tables.table(kMostBytes, 4 * kHeadBytes);
  std::vector<RowId> ids;
  for (int i = 0; i < 20; i++) ids.push_back(tables.append(*table));
  const RowId kept = ids.back();
  ids.pop_back();
  CHECK(mark(*table, ids) == Status::ok);
  const Handle found = table->wasteful();
  REQUIRE(found == handle_of(kept));
  CHECK(table->find(found)->is_sealed());
  CHECK(handle_of(tables.append(*table)) > found);
  CHECK(mark(*table, {kept}) == Status::ok);
  CHECK(table->wasteful() == 0);
}

TEST_CASE("what is not on the disk yet is told once, and again if it could not be opened") {
  Tables tables;
  const auto table = tables.table();
  tables.append(*table);
  tables.append(*table);
  std::vector<int> fds;
  tables.disk.open_error = EMFILE;
  CHECK(table->take_unsynced(fds) == Status::failed);
  tables.disk.open_error = 0;
  CHECK(table->take_unsynced(fds) == Status::ok);
  CHECK(fds.size() == 2 + 3);
  for (const int fd : fds) tables.disk.close(fd);
  fds.clear();
  CHECK(table->take_unsynced(fds) == Status::ok);
  CHECK(fds.empty());
}
