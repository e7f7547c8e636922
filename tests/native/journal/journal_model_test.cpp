// Random operations on journals beside a model of what must be in them, with ends of owners and torn tails.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "journal/format.h"
#include "native/support/faulty_disk.h"
#include "native/support/journals.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

/// Two journals of one directory, and the rows that one of them must have, by their texts.
class World {
 public:
  explicit World(uint32_t seed) : random_(seed) {
    for (int i = 0; i < 2; i++) reopen(i);
  }

  void step() {
    const int which = pick(2);
    switch (pick(12)) {
      case 0:
        return reopen(which);
      case 1:
        return die(which);
      case 2:
        return tidy(which);
      case 3:
        disk_.room = pick(3) == 0 ? static_cast<uint64_t>(pick(3000)) : UINT64_MAX;
        return;
      case 4:
        return check();
      case 5:
      case 6:
      case 7:
        return ack_some(which);
      default:
        return append_some(which);
    }
  }

  /// All that is kept is seen once, by one of the two.
  void check() {
    std::map<std::string, int> found;
    for (const auto& journal : journals_) {
      for (const ReadRow& row : read_rows(*journal)) found[row.text]++;
      REQUIRE(journal->stats().damaged_rows == 0);
    }
    REQUIRE(found == kept_);
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<uint32_t>(below)); }

  JournalOptions options() {
    JournalOptions options = options_for(root_.path(), &disk_);
    options.segment_bytes = 12000;
    return options;
  }

  void reopen(int which) {
    journals_[which].reset();
    // On a full disk there may be no room for what it begins with.
    static_cast<void>(Journal::open(options(), journals_[which]));
    REQUIRE(journals_[which]);
  }

  /// The process ends: nothing is sealed. Then a row that was being written is torn.
  void die(int which) {
    std::map<std::string, std::string> files;
    for (const std::string& path : root_.files()) files[path] = read_file(path);
    const auto folders = this->folders();
    journals_[which].reset();
    for (const auto& folder : folders) std::filesystem::create_directories(folder);
    std::string torn(kRecordHeadBytes, '\0');
    write_record_head("a row that is torn", 3, torn.data());
    torn += "a row that is torn";
    for (const auto& [path, bytes] : files) {
      if (std::filesystem::exists(path) && read_file(path) == bytes) continue;
      write_file(path, bytes + torn.substr(0, static_cast<size_t>(pick(static_cast<int>(torn.size())))));
    }
    reopen(which);
  }

  std::vector<std::filesystem::path> folders() const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(root_.path())) found.push_back(entry.path());
    return found;
  }

  void append_some(int which) {
    for (int i = pick(20); i >= 0; i--) {
      const std::string row = std::to_string(next_++) + std::string(static_cast<size_t>(pick(400)), '.');
      const Appended appended = journals_[which]->append(row, 1);
      REQUIRE(appended.lost.empty());
      if (appended.status == Status::ok) {
        kept_[row] = 1;
      } else {
        REQUIRE(appended.status == Status::no_space);
      }
    }
  }

  void ack_some(int which) {
    const auto rows = read_rows(*journals_[which]);
    if (rows.empty()) return;
    const bool is_all = pick(4) == 0;
    const int among = 1 + pick(5);
    std::vector<RowId> ids;
    for (const ReadRow& row : rows) {
      if (!is_all && pick(among) != 0) continue;
      ids.push_back(row.id);
      kept_.erase(row.text);
    }
    // A mark that found no room would make the row come again after a crash: that is told, and not this model's matter.
    const uint64_t room = std::exchange(disk_.room, UINT64_MAX);
    REQUIRE(ack(*journals_[which], ids) == Status::ok);
    disk_.room = room;
  }

  void tidy(int which) {
    const Status status = journals_[which]->tidy(1).status;
    REQUIRE((status == Status::ok || status == Status::no_space));
  }

  std::mt19937 random_;
  TemporaryFolder root_;
  FaultyDisk disk_;
  std::unique_ptr<Journal> journals_[2];
  std::map<std::string, int> kept_;
  int next_ = 0;
};

}  // namespace

TEST_CASE("whatever happens in whatever order, a row is in the journal until it is done") {
  for (uint32_t seed = 1; seed <= 60; seed++) {
    INFO("seed " << seed);
    World world(seed);
    for (int i = 0; i < 120; i++) world.step();
    world.check();
  }
}
