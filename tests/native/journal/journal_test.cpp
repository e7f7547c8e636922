// The journal's calls: rows kept until they are acknowledged, caps, syncing, compaction, threads.
#include "journal/journal.h"

#include <errno.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "native/support/faulty_disk.h"
#include "native/support/journals.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

TEST_CASE("rows are kept until they are acknowledged, from owner to owner") {
  const TemporaryFolder root;
  auto journal = open_journal(root / "journal");
  const RowId first = append(*journal, "first");
  append(*journal, std::string("zero\0inside", 11));
  const RowId third = append(*journal, "third");
  CHECK(ack(*journal, {first}) == Status::ok);
  CHECK(journal->stats().pending_rows == 2);
  journal.reset();
  journal = open_journal(root / "journal");
  CHECK(read_texts(*journal) == Texts{std::string("zero\0inside", 11), "third"});
  append(*journal, "fourth");
  journal.reset();
  journal = open_journal(root / "journal");
  const auto rows = read_rows(*journal);
  REQUIRE(rows.size() == 3);
  CHECK(rows[2].text == "fourth");
  CHECK(third != 0);
  CHECK(ack(*journal, {rows[0].id, rows[1].id, rows[2].id}) == Status::ok);
  journal.reset();
  CHECK(root.files().empty());
  CHECK(std::filesystem::is_empty(root / "journal"));
}

TEST_CASE("rows of no size, or too large a one, are refused; the largest is taken") {
  const TemporaryFolder root;
  auto journal = open_journal(root.path());
  CHECK(journal->append("", 1).status == Status::too_large);
  CHECK(journal->append(std::string(kMostRowBytes + 1, 'x'), 1).status == Status::too_large);
  CHECK(journal->append("x", 1).id != 0);
  const std::string largest(kMostRowBytes, 'y');
  append(*journal, largest);
  CHECK(read_texts(*journal) == Texts{"x", largest});
}

TEST_CASE("a relative directory stays where it was when the working directory changes") {
  const TemporaryFolder root;
  const std::string before = std::filesystem::current_path();
  std::filesystem::current_path(root.path());
  auto journal = open_journal(std::string("relative"));
  std::filesystem::current_path("/");
  append(*journal, "row");
  CHECK(journal->adopt() == Status::ok);
  CHECK(root.files().size() == 1);
  journal.reset();
  std::filesystem::current_path(before);
}

TEST_CASE("what is lost to the cap is told, with the ids") {
  const TemporaryFolder root;
  JournalOptions options = options_for(root.path());
  options.most_bytes = 200000;
  auto journal = open_journal(options);
  std::set<RowId> pending;
  size_t lost_rows = 0;
  for (int i = 0; i < 2000; i++) {
    const Appended appended = journal->append(std::string(1000, 'x'), 1);
    REQUIRE(appended.status == Status::ok);
    CHECK((appended.lost.empty() || appended.lost.size() <= 50));
    lost_rows += appended.lost.size();
    for (const Lost& lost : appended.lost) {
      CHECK(lost.reason == LossReason::evicted);
      // Always the oldest.
      REQUIRE(*pending.begin() == lost.id);
      pending.erase(lost.id);
    }
    pending.insert(appended.id);
    REQUIRE(journal->stats().disk_bytes <= options.most_bytes);
  }
  CHECK(lost_rows > 1800);
  CHECK(journal->stats().pending_rows == pending.size());
  CHECK(read_rows(*journal).size() == pending.size());
}

TEST_CASE("rows expire by tidy") {
  const TemporaryFolder root;
  JournalOptions options = options_for(root.path());
  options.most_age_ms = 1000;
  auto journal = open_journal(options);
  const RowId id = append(*journal, "old", 5000);
  CHECK(journal->tidy(6000).lost.empty());
  const Tidied tidied = journal->tidy(6001);
  CHECK(tidied.status == Status::ok);
  REQUIRE(tidied.lost.size() == 1);
  CHECK(tidied.lost[0].id == id);
  CHECK(tidied.lost[0].reason == LossReason::expired);
  CHECK(journal->stats().pending_rows == 0);
}

TEST_CASE("rows that are done give their room back: 1.2 times the pending rows, from any pattern of them") {
  const TemporaryFolder root;
  JournalOptions options = options_for(root.path());
  options.segment_bytes = 256 << 10;
  auto journal = open_journal(options);
  std::vector<RowId> ids;
  for (int i = 0; i < 20000; i++) ids.push_back(append(*journal, std::string(600, 'x')));
  std::vector<RowId> kept;
  std::vector<RowId> done;
  for (size_t i = 0; i < ids.size(); i++) (i % 3 == 0 ? kept : done).push_back(ids[i]);
  REQUIRE(ack(*journal, done) == Status::ok);
  int steps = 0;
  while (journal->tidy(1).is_more) steps++;
  CHECK(steps > 10);
  const JournalStats stats = journal->stats();
  CHECK(stats.pending_rows == kept.size());
  CHECK(static_cast<double>(stats.disk_bytes) <= 1.2 * 600 * static_cast<double>(kept.size()));
  const auto rows = read_rows(*journal);
  REQUIRE(rows.size() == kept.size());
  for (size_t i = 0; i < rows.size(); i++) CHECK(rows[i].id == kept[i]);
  journal.reset();
  journal = open_journal(options);
  CHECK(read_rows(*journal).size() == kept.size());
  CHECK(journal->tidy(1).status == Status::ok);
  CHECK(journal->stats().damaged_rows == 0);
}

TEST_CASE("a sync covers all rows before it, and is not repeated for nothing") {
  const TemporaryFolder root;
  FaultyDisk disk;
  auto journal = open_journal(options_for(root.path(), &disk));
  CHECK(journal->sync() == Status::ok);
  CHECK(disk.syncs == 0);
  append(*journal, "row");
  CHECK(journal->sync() == Status::ok);
  CHECK(disk.syncs == 4);
  append(*journal, "row");
  append(*journal, "row");
  CHECK(journal->sync() == Status::ok);
  CHECK(disk.syncs == 5);
  CHECK(journal->sync() == Status::ok);
  CHECK(disk.syncs == 5);
}

TEST_CASE("a sync that failed is not made good by the next one, only by newer rows in another file") {
  const TemporaryFolder root;
  FaultyDisk disk;
  auto journal = open_journal(options_for(root.path(), &disk));
  const RowId before = append(*journal, "row");
  disk.sync_error = EIO;
  CHECK(journal->sync() == Status::failed);
  disk.sync_error = 0;
  CHECK(journal->sync() == Status::failed);
  CHECK(handle_of(append(*journal, "row")) != handle_of(before));
  CHECK(journal->sync() == Status::ok);
  CHECK(read_rows(*journal).size() == 2);
}

TEST_CASE("rows are appended while a sync waits for the disk, and are not among those it covers") {
  const TemporaryFolder root;
  FaultyDisk disk;
  auto journal = open_journal(options_for(root.path(), &disk));
  append(*journal, "before");
  disk.while_syncing = [&] {
    if (disk.syncs == 1) append(*journal, "while");
  };
  CHECK(journal->sync() == Status::ok);
  const int syncs = disk.syncs;
  CHECK(journal->sync() == Status::ok);
  CHECK(disk.syncs == syncs + 1);
}

TEST_CASE("a segment is appended to, acknowledged and given up while compaction copies it") {
  const TemporaryFolder root;
  for (const bool is_emptied : {false, true}) {
    FaultyDisk disk;
    JournalOptions options = options_for(root / (is_emptied ? "a" : "b"), &disk);
    options.segment_bytes = 64 << 10;
    auto journal = open_journal(options);
    std::vector<RowId> done;
    std::vector<RowId> kept;
    for (int i = 0; i < 100; i++) (i % 10 == 0 ? kept : done).push_back(append(*journal, std::string(600, 'x')));
    REQUIRE(ack(*journal, done) == Status::ok);
    disk.while_syncing = [&] {
      append(*journal, "while");
      REQUIRE(ack(*journal, is_emptied ? kept : std::vector<RowId>{kept[1]}) == Status::ok);
    };
    CHECK(journal->tidy(1).status == Status::ok);
    CHECK(disk.syncs == 1);
    disk.while_syncing = nullptr;
    const auto rows = read_rows(*journal);
    CHECK(rows.size() == (is_emptied ? 1 : kept.size()));
    journal.reset();
    journal = open_journal(options);
    CHECK(read_rows(*journal).size() == rows.size());
    CHECK(journal->stats().damaged_rows == 0);
  }
}

TEST_CASE("threads append, acknowledge, read, sync and tidy together") {
  const TemporaryFolder root;
  JournalOptions options = options_for(root.path());
  options.segment_bytes = 64 << 10;
  auto journal = open_journal(options);
  constexpr int kEach = 2000;
  std::atomic<int> appending{3};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; t++) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; i++) {
        if (journal->append(std::to_string(t) + "/" + std::to_string(i) + std::string(100, '.'), 1).id == 0) abort();
        if (i % 500 == 0 && journal->sync() != Status::ok) abort();
      }
      appending--;
    });
  }
  std::set<std::string> seen;
  JournalReader reader(*journal);
  std::vector<RowId> ids;
  for (bool is_last = false; !is_last;) {
    is_last = appending == 0;
    while (reader.next() == Status::ok) {
      seen.insert(std::string(reader.row().substr(0, reader.row().find('.'))));
      // Each seventh stays a while.
      if (seen.size() % 7 != 0) ids.push_back(reader.id());
    }
    REQUIRE(ack(*journal, ids) == Status::ok);
    ids.clear();
    REQUIRE(journal->tidy(1).status == Status::ok);
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(seen.size() == 3 * kEach);
  CHECK(journal->stats().pending_rows == 3 * kEach / 7);
  CHECK(read_rows(*journal).size() == 3 * kEach / 7);
  CHECK(journal->stats().damaged_rows == 0);
}
