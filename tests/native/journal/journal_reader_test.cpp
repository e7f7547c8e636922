// A reader's way: from a place, past what is done, into what is appended meanwhile, over what cannot be read.
#include "journal/journal_reader.h"

#include <errno.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "native/support/faulty_disk.h"
#include "native/support/journals.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

JournalOptions small(const TemporaryFolder& root, Disk* disk = nullptr) {
  JournalOptions options = options_for(root.path(), disk);
  options.segment_bytes = 10000;
  return options;
}

/// Some twenty segments.
std::vector<RowId> fill(Journal& journal, int rows = 100) {
  std::vector<RowId> ids;
  for (int i = 0; i < rows; i++) ids.push_back(append(journal, std::to_string(i) + std::string(400, ' ')));
  return ids;
}

}  // namespace

TEST_CASE("a reader goes on with what is appended after it came to the end") {
  const TemporaryFolder root;
  auto journal = open_journal(small(root));
  JournalReader reader(*journal);
  CHECK(reader.next() == Status::end);
  for (int i = 0; i < 50; i++) {
    const RowId id = append(*journal, std::string(400, 'a') + std::to_string(i));
    REQUIRE(reader.next() == Status::ok);
    CHECK(reader.id() == id);
    CHECK(reader.row().substr(400) == std::to_string(i));
    CHECK(reader.next() == Status::end);
    if (i % 2 == 0) REQUIRE(ack(*journal, {id}) == Status::ok);
  }
}

TEST_CASE("a reader begins where it is told to, or at the next row that there is") {
  const TemporaryFolder root;
  auto journal = open_journal(small(root));
  const auto ids = fill(*journal);
  JournalReader from(*journal, ids[50]);
  REQUIRE(from.next() == Status::ok);
  CHECK(from.id() == ids[50]);
  REQUIRE(ack(*journal, {ids.begin() + 50, ids.begin() + 60}) == Status::ok);
  JournalReader next(*journal, ids[50]);
  REQUIRE(next.next() == Status::ok);
  CHECK(next.id() == ids[60]);
  JournalReader behind(*journal, ids.back() + 1);
  CHECK(behind.next() == Status::end);
  const RowId id = append(*journal, "new");
  REQUIRE(behind.next() == Status::ok);
  CHECK(behind.id() == id);
  CHECK(journal->stats().damaged_rows == 0);
}

TEST_CASE("rows that are done before the reader comes by are not given") {
  const TemporaryFolder root;
  auto journal = open_journal(small(root));
  const auto ids = fill(*journal);
  JournalReader reader(*journal);
  REQUIRE(reader.next() == Status::ok);
  CHECK(reader.id() == ids[0]);
  // Some of the segment that is open, and all of others.
  REQUIRE(ack(*journal, {ids.begin(), ids.begin() + 70}) == Status::ok);
  REQUIRE(reader.next() == Status::ok);
  CHECK(reader.id() == ids[70]);
}

TEST_CASE("a reader finds its place in a segment that was compacted meanwhile") {
  const TemporaryFolder root;
  JournalOptions options = options_for(root.path());
  options.segment_bytes = 60000;
  auto journal = open_journal(options);
  const auto ids = fill(*journal, 200);
  JournalReader reader(*journal);
  for (int i = 0; i < 20; i++) REQUIRE(reader.next() == Status::ok);
  std::vector<RowId> done;
  std::vector<RowId> expected;
  for (size_t i = 0; i < ids.size(); i++) {
    if (i % 3 != 0) done.push_back(ids[i]);
    if (i % 3 == 0 && i >= 20) expected.push_back(ids[i]);
  }
  REQUIRE(ack(*journal, done) == Status::ok);
  while (journal->tidy(1).is_more) {}
  for (const RowId id : expected) {
    REQUIRE(reader.next() == Status::ok);
    CHECK(reader.id() == id);
  }
  CHECK(reader.next() == Status::end);
  CHECK(journal->stats().damaged_rows == 0);
}

TEST_CASE("a segment that cannot be read is left out, and read by the next reader") {
  const TemporaryFolder root;
  FaultyDisk disk;
  auto journal = open_journal(small(root, &disk));
  const auto ids = fill(*journal, 20);
  JournalReader reader(*journal);
  disk.read_error = EIO;
  CHECK(reader.next() == Status::failed);
  disk.read_error = 0;
  REQUIRE(reader.next() == Status::ok);
  CHECK(handle_of(reader.id()) == handle_of(ids[0]) + 1);
  disk.open_error = EMFILE;
  JournalReader second(*journal);
  CHECK(second.next() == Status::failed);
  disk.open_error = 0;
  CHECK(read_rows(*journal).size() == ids.size());
}

TEST_CASE("the rows of a file that somebody removed are counted as damaged") {
  const TemporaryFolder root;
  auto journal = open_journal(small(root));
  const auto ids = fill(*journal, 20);
  std::filesystem::remove(root.files()[0]);
  int failures = 0;
  const auto rows = read_rows(*journal, &failures);
  CHECK(failures == 1);
  CHECK(rows.size() < ids.size());
  const JournalStats stats = journal->stats();
  CHECK(stats.damaged_rows == ids.size() - rows.size());
  CHECK(stats.pending_rows == rows.size());
}
