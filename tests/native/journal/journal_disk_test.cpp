// Disks that are full, read-only or broken, and directories that are not there: told, and gone on after.
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "native/support/faulty_disk.h"
#include "native/support/journals.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

/// Runs `act` in a child process, and gives what it returned.
template <typename Act>
int in_child(Act act) {
  const pid_t child = fork();
  if (child == 0) _exit(act());
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a full disk is told, keeps all rows before, and is gone on with once there is room") {
  for (uint64_t room = 0; room < 9000; room += room < 8100 ? 500 : 13) {
    const TemporaryFolder root;
    FaultyDisk disk;
    auto journal = open_journal(options_for(root.path(), &disk));
    disk.room = room;
    Texts texts;
    Appended appended;
    for (int i = 0; (appended = journal->append("row " + std::to_string(i), 1)).status == Status::ok; i++) {
      texts.push_back("row " + std::to_string(i));
    }
    INFO(room);
    CHECK(appended.status == Status::no_space);
    CHECK(appended.id == 0);
    CHECK(journal->append("again", 1).status == Status::no_space);
    CHECK(read_texts(*journal) == texts);
    disk.room = UINT64_MAX;
    append(*journal, "after");
    texts.emplace_back("after");
    CHECK(read_texts(*journal) == texts);
    journal.reset();
    CHECK(read_texts(*open_journal(root.path())) == texts);
  }
}

TEST_CASE("rows are acknowledged on a full disk, and their room is used again") {
  const TemporaryFolder root;
  FaultyDisk disk;
  JournalOptions options = options_for(root.path(), &disk);
  options.segment_bytes = 20000;
  auto journal = open_journal(options);
  std::vector<RowId> ids;
  for (int i = 0; i < 100; i++) ids.push_back(append(*journal, std::string(1000, 'x')));
  disk.room = 0;
  CHECK(journal->append("x", 1).status == Status::no_space);
  const uint64_t before = journal->stats().disk_bytes;
  static_cast<void>(ack(*journal, ids));
  CHECK(journal->stats().pending_rows == 0);
  CHECK(journal->stats().disk_bytes < before / 4);
}

TEST_CASE("the end of the largest file size is a full disk") {
  const TemporaryFolder root;
  const int taken = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{20000, 20000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    JournalPointer journal;
    if (Journal::open(options_for(root.path()), journal) != Status::ok) return 2;
    int rows = 0;
    while (journal->append(std::string(1000, 'x'), 1).status == Status::ok) rows++;
    if (journal->append("small", 1).status != Status::ok) return 3;
    return journal->append(std::string(1000, 'x'), 1).status == Status::no_space ? 100 + rows : 4;
  });
  CHECK(taken == 111);
  CHECK(read_texts(*open_journal(root.path())).size() == 12);
}

TEST_CASE("errors of each kind are told, and the next append after them is taken") {
  struct Row {
    int FaultyDisk::*call;
    int error;
    Status status;
  };
  const Row rows[] = {
      {&FaultyDisk::make_folder_error, EROFS, Status::read_only},
      {&FaultyDisk::make_folder_error, ENOSPC, Status::no_space},
      {&FaultyDisk::lock_error, ENOLCK, Status::failed},
      {&FaultyDisk::create_error, EMFILE, Status::failed},
      {&FaultyDisk::create_error, EDQUOT, Status::no_space},
      {&FaultyDisk::write_error, EIO, Status::failed},
      {&FaultyDisk::write_error, EROFS, Status::read_only},
  };
  for (const Row& row : rows) {
    const TemporaryFolder root;
    FaultyDisk disk;
    disk.*row.call = row.error;
    JournalPointer journal;
    static_cast<void>(Journal::open(options_for(root / "journal", &disk), journal));
    REQUIRE(journal);
    for (int i = 0; i < 3; i++) CHECK(journal->append("row", 1).status == row.status);
    CHECK(journal->stats().pending_rows == 0);
    disk.*row.call = 0;
    append(*journal, "row");
    CHECK(read_texts(*journal) == Texts{"row"});
  }
}

TEST_CASE("a file whose end could not be repaired is followed by another") {
  const TemporaryFolder root;
  FaultyDisk disk;
  auto journal = open_journal(options_for(root.path(), &disk));
  append(*journal, "before");
  disk.room = 10;
  disk.truncate_error = EIO;
  CHECK(journal->append("broken", 1).status == Status::no_space);
  disk.room = UINT64_MAX;
  append(*journal, "after");
  CHECK(read_texts(*journal) == Texts{"before", "after"});
  journal.reset();
  journal = open_journal(root.path());
  CHECK(read_texts(*journal) == Texts{"before", "after"});
  CHECK(journal->stats().damaged_rows == 0);
}

TEST_CASE("a directory that may not be written to is told, also by the operating system") {
  const TemporaryFolder root;
  chmod(root.path().c_str(), 0555);
  const int result = in_child([&] {
    // The superuser may write anywhere.
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 1;
    JournalPointer journal;
    if (Journal::open(options_for(root.path()), journal) != Status::read_only) return 2;
    return journal->append("row", 1).status == Status::read_only ? 0 : 3;
  });
  CHECK(result == 0);
  chmod(root.path().c_str(), 0755);
}

TEST_CASE("a directory that cannot be made is told, and used once it can") {
  const TemporaryFolder root;
  JournalPointer journal;
  CHECK(Journal::open(options_for(root / "a/b"), journal) == Status::missing);
  REQUIRE(journal);
  CHECK(journal->append("row", 1).status == Status::missing);
  CHECK(journal->sync() == Status::ok);
  CHECK(journal->adopt() == Status::missing);
  std::filesystem::create_directory(root / "a");
  append(*journal, "row");
  CHECK(read_texts(*journal) == Texts{"row"});
  write_file(root / "file", "");
  CHECK(Journal::open(options_for(root / "file"), journal) == Status::missing);
}

TEST_CASE("a directory that is removed is noticed, its rows are told as lost, and it is made again") {
  const TemporaryFolder root;
  auto journal = open_journal(root / "journal");
  std::vector<RowId> ids;
  for (int i = 0; i < 10; i++) ids.push_back(append(*journal, "row"));
  REQUIRE(ack(*journal, {ids[4]}) == Status::ok);
  ids.erase(ids.begin() + 4);
  std::filesystem::remove_all(root / "journal");
  Appended appended;
  int taken = 0;
  for (; (appended = journal->append("row", 1)).status == Status::ok; taken++) ids.push_back(appended.id);
  CHECK(appended.status == Status::missing);
  CHECK(taken < 64);
  REQUIRE(appended.lost.size() == ids.size());
  for (size_t i = 0; i < ids.size(); i++) {
    CHECK(appended.lost[i].id == ids[i]);
    CHECK(appended.lost[i].reason == LossReason::removed);
  }
  append(*journal, "after");
  CHECK(read_texts(*journal) == Texts{"after"});
  journal.reset();
  CHECK(read_texts(*open_journal(root / "journal")) == Texts{"after"});
}

TEST_CASE("a directory that is removed before anything was written is made again") {
  const TemporaryFolder root;
  auto journal = open_journal(root / "journal");
  std::filesystem::remove_all(root / "journal");
  CHECK(journal->append("row", 1).status == Status::missing);
  append(*journal, "row");
  CHECK(read_texts(*journal) == Texts{"row"});
}

TEST_CASE("compaction that fails changes nothing, and leaves nothing behind") {
  const TemporaryFolder root;
  FaultyDisk disk;
  JournalOptions options = options_for(root.path(), &disk);
  options.segment_bytes = 64 << 10;
  auto journal = open_journal(options);
  std::vector<RowId> ids;
  for (int i = 0; i < 90; i++) ids.push_back(append(*journal, std::string(600, 'x')));
  REQUIRE(ack(*journal, {ids.begin(), ids.begin() + 40}) == Status::ok);
  for (int FaultyDisk::*call : {&FaultyDisk::open_error, &FaultyDisk::create_error, &FaultyDisk::read_error,
                                &FaultyDisk::write_error, &FaultyDisk::sync_error, &FaultyDisk::rename_error}) {
    disk.*call = EIO;
    CHECK(journal->tidy(1).status == Status::failed);
    disk.*call = 0;
    CHECK(root.files().size() == 1);
    CHECK(read_rows(*journal).size() == 50);
  }
  const uint64_t before = journal->stats().disk_bytes;
  CHECK(journal->tidy(1).status == Status::ok);
  CHECK(journal->stats().disk_bytes < before * 6 / 10);
  CHECK(read_rows(*journal).size() == 50);
}
