// Journals that were cut at each offset, and with each byte damaged: no other row suffers, and nothing is fatal.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "journal/format.h"
#include "native/support/journals.h"
#include "native/support/segment_bytes.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

const Texts kTexts{"{\"e\":\"pv\"}", "{\"e\":\"se\",\"se_ca\":\"a\"}", "{}", "{\"e\":\"ue\"}"};

/// The file of a journal that holds `kTexts`, of which the one at `done` is done; its owner closed it or died.
struct Example {
  TemporaryFolder root;
  std::string path;
  std::string bytes;
  Texts pending;

  explicit Example(bool is_closed, size_t done) {
    auto journal = open_journal(root.path());
    std::vector<RowId> ids;
    for (const std::string& text : kTexts) ids.push_back(append(*journal, text));
    for (size_t i = 0; i < kTexts.size(); i++) {
      if (i != done) pending.push_back(kTexts[i]);
    }
    REQUIRE(ack(*journal, {ids[done]}) == Status::ok);
    path = root.files().at(0);
    bytes = read_file(path);
    if (!is_closed) return;
    journal.reset();
    bytes = read_file(path);
  }
};

/// Which rows can be seen once the file holds `bytes`, and that the journal is usable.
Texts seen(const Example& example, const std::string& bytes, JournalStats& stats) {
  write_file(example.path, bytes);
  Texts texts;
  {
    auto journal = open_journal(example.root.path());
    texts = read_texts(*journal);
    stats = journal->stats();
    REQUIRE(stats.pending_rows == texts.size());
    append(*journal, "new");
    Texts more = texts;
    more.emplace_back("new");
    REQUIRE(read_texts(*journal) == more);
    std::vector<RowId> ids;
    for (const ReadRow& row : read_rows(*journal)) ids.push_back(row.id);
    REQUIRE(ack(*journal, ids) == Status::ok);
  }
  // So that the next case finds the folder as the example left it.
  std::filesystem::create_directories(std::filesystem::path(example.path).parent_path());
  for (const std::string& file : example.root.files()) std::filesystem::remove(file);
  return texts;
}

/// Whether `part` is `all` without at most `missing` of its rows, in order.
bool is_all_but(const Texts& part, const Texts& all, size_t missing) {
  size_t at = 0;
  for (const std::string& text : all) at += at < part.size() && part[at] == text ? 1 : 0;
  return at == part.size() && part.size() + missing >= all.size();
}

}  // namespace

TEST_CASE("a journal that was cut at any offset gives all rows before it") {
  for (const bool is_closed : {false, true}) {
    const Example example(is_closed, 1);
    std::vector<size_t> ends;
    size_t end = kHeadBytes;
    for (const std::string& text : kTexts) ends.push_back(end += kRecordHeadBytes + text.size());
    REQUIRE(end == example.bytes.size());
    for (size_t size = 0; size <= example.bytes.size(); size += size < kHeadBytes - 2 ? 97 : 1) {
      JournalStats stats;
      Texts expected;
      for (size_t i = 0; i < kTexts.size(); i++) {
        if (i != 1 && ends[i] <= size) expected.push_back(kTexts[i]);
      }
      INFO(is_closed << " " << size);
      int failures = 0;
      write_file(example.path, example.bytes.substr(0, size));
      CHECK(seen(example, example.bytes.substr(0, size), stats) == expected);
      CHECK(failures == 0);
    }
  }
}

TEST_CASE("a damaged byte costs at most the row that it is in, which is counted") {
  for (const bool is_closed : {false, true}) {
    const Example example(is_closed, 2);
    for (size_t at = 0; at < example.bytes.size(); at++) {
      // The marks of rows that there are not, and zeroes behind the seal: a few of many.
      if (at > kMarksOffset + 8 && at < kHeadBytes && at % 251 != 0) continue;
      for (const int change : {0x01, 0x80, 0xFF}) {
        std::string bytes = example.bytes;
        bytes[at] = static_cast<char>(bytes[at] ^ change);
        JournalStats stats;
        INFO(is_closed << " " << at << " " << change);
        const Texts texts = seen(example, bytes, stats);
        if (at >= kHeadBytes) {
          CHECK(is_all_but(texts, example.pending, 1));
          CHECK((texts.size() == example.pending.size() || stats.damaged_rows == 1 || stats.torn_bytes > 0));
        } else {
          // Marks that are in doubt do not count, so a row that is done may come again.
          CHECK(is_all_but(example.pending, texts, 1));
          CHECK(stats.damaged_rows == 0);
        }
      }
    }
  }
}

TEST_CASE("any garbage in place of a segment is survived") {
  const Example example(true, 0);
  uint32_t state = 1;
  for (int round = 0; round < 300; round++) {
    std::string bytes = example.bytes;
    for (int i = 0; i < 1 + round % 40; i++) {
      state = state * 1664525 + 1013904223;
      bytes[state % bytes.size()] = static_cast<char>(state >> 24);
    }
    write_file(example.path, bytes.substr(0, round % 3 == 0 ? state % bytes.size() : bytes.size()));
    auto journal = open_journal(example.root.path());
    for (const std::string& text : read_texts(*journal)) {
      CHECK(std::find(kTexts.begin(), kTexts.end(), text) != kTexts.end());
    }
    const RowId id = append(*journal, "new");
    CHECK(read_texts(*journal).back() == "new");
    CHECK(ack(*journal, {id}) == Status::ok);
    for (const ReadRow& row : read_rows(*journal)) CHECK(ack(*journal, {row.id}) == Status::ok);
    journal.reset();
    for (const std::string& file : example.root.files()) std::filesystem::remove(file);
    std::filesystem::create_directories(std::filesystem::path(example.path).parent_path());
  }
}

TEST_CASE("a segment of a later version is left where it is, and counted") {
  const TemporaryFolder root;
  open_journal(root.path());
  std::filesystem::create_directories(root / "piste-1");
  const std::string later = segment_head(kFormatVersion + 1) + "what we do not know";
  write_file(root / "piste-1/00000005.rows", later);
  for (int round = 0; round < 2; round++) {
    auto journal = open_journal(root.path());
    CHECK(journal->stats().left_segments == 1);
    CHECK(read_texts(*journal) == (round == 0 ? Texts{} : Texts{"row"}));
    if (round == 0) append(*journal, "row");
    CHECK(read_file(root / "piste-1/00000005.rows") == later);
  }
}
