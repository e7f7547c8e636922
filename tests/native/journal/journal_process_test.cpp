// Several processes on one directory: kills, forks, and adoption by exactly one.
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <new>
#include <set>
#include <string>
#include <vector>

#include "native/support/journals.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

/// Numbers that processes share.
struct Shared {
  std::atomic<int> appended{0};
  std::atomic<int> acknowledged{0};
  std::atomic<int> go{0};
  std::atomic<int> counts[8] = {};
};

class SharedMemory {
 public:
  SharedMemory() {
    void* const page = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(page != MAP_FAILED);
    shared_ = new (page) Shared;
  }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory() { munmap(shared_, sizeof(Shared)); }
  Shared* operator->() const { return shared_; }

 private:
  Shared* shared_;
};

template <typename Act>
pid_t start(Act act) {
  const pid_t child = fork();
  if (child == 0) _exit(act());
  REQUIRE(child > 0);
  return child;
}

int end_of(pid_t child) {
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

JournalOptions small(const std::string& directory) {
  JournalOptions options = options_for(directory);
  options.segment_bytes = 32 << 10;
  return options;
}

/// Appends numbers until it is killed, and acknowledges each one after 50 more, but for each tenth.
int append_until_killed(const std::string& directory, const SharedMemory& shared) {
  JournalPointer journal;
  if (Journal::open(small(directory), journal) != Status::ok) return 1;
  std::vector<RowId> ids;
  for (int i = shared->appended;; i++) {
    const Appended appended = journal->append(std::to_string(i) + std::string(200, '.'), 1);
    if (appended.status != Status::ok) return 2;
    shared->appended = i + 1;
    ids.push_back(appended.id);
    if (ids.size() <= 50) continue;
    const int done = i - 50;
    if (done % 10 == 0) {
      ids.erase(ids.begin());
      continue;
    }
    if (journal->ack(ids.data(), 1) != Status::ok) return 3;
    ids.erase(ids.begin());
    if (i % 200 == 0 && journal->tidy(1).status != Status::ok) return 4;
  }
}

}  // namespace

TEST_CASE("SIGKILL loses no row that append has taken, whenever it comes") {
  for (int round = 0; round < 25; round++) {
    const TemporaryFolder root;
    const SharedMemory shared;
    const pid_t child = start([&] { return append_until_killed(root.path(), shared); });
    // No sleep: so far the child comes, further each round, it is killed.
    while (shared->appended < 1 + round * 137) {
      if (waitpid(child, nullptr, WNOHANG) != 0) FAIL("the child ended by itself");
    }
    kill(child, SIGKILL);
    CHECK(end_of(child) == -SIGKILL);
    const int appended = shared->appended;

    auto journal = open_journal(small(root.path()));
    std::set<int> seen;
    for (const std::string& text : read_texts(*journal)) CHECK(seen.insert(std::stoi(text)).second);
    CHECK(journal->stats().damaged_rows == 0);
    for (int i = 0; i < appended; i++) {
      const bool must_be_there = i % 10 == 0 || i >= appended - 50;
      if (must_be_there && seen.count(i) == 0) FAIL("row " << i << " of " << appended << " is lost");
    }
    // One more may have been on its way.
    for (const int i : seen) CHECK((i % 10 == 0 || i >= appended - 52));
  }
}

TEST_CASE("two processes on one directory have a folder each, and the survivor adopts") {
  const TemporaryFolder root;
  const SharedMemory shared;
  auto journal = open_journal(root.path());
  append(*journal, "parent's");
  const pid_t child = start([&] {
    JournalPointer own;
    if (Journal::open(options_for(root.path()), own) != Status::ok) return 1;
    if (own->append("child's", 1).id == 0) return 2;
    shared->counts[0] = static_cast<int>(read_texts(*own).size());
    shared->go = 1;
    for (;;) pause();
  });
  while (shared->go == 0) {
    if (waitpid(child, nullptr, WNOHANG) != 0) FAIL("the child ended by itself");
  }
  CHECK(shared->counts[0] == 1);
  CHECK(root.folders() == 2);
  CHECK(journal->adopt() == Status::ok);
  CHECK(read_texts(*journal) == Texts{"parent's"});
  kill(child, SIGKILL);
  CHECK(end_of(child) == -SIGKILL);
  CHECK(journal->adopt() == Status::ok);
  CHECK(read_texts(*journal) == Texts{"parent's", "child's"});
}

TEST_CASE("what the dead leave is adopted by exactly one of several at the same time") {
  for (int round = 0; round < 20; round++) {
    const TemporaryFolder root;
    const SharedMemory shared;
    for (int dead = 0; dead < 6; dead++) {
      end_of(start([&] {
        // A journal that stays open until the process is gone is never sealed.
        JournalPointer journal;
        if (Journal::open(options_for(root / ("journal")), journal) != Status::ok) return 1;
        for (int i = 0; i < 5; i++) static_cast<void>(journal->append("row", 1));
        // Makes the next one begin a folder of its own.
        std::filesystem::rename(root / "journal", root / ("dead" + std::to_string(dead)));
        return 0;
      }));
    }
    std::filesystem::create_directory(root / "journal");
    for (int dead = 0; dead < 6; dead++) {
      for (const auto& entry : std::filesystem::directory_iterator(root / ("dead" + std::to_string(dead)))) {
        std::filesystem::rename(entry.path(), root.path() + "/journal/" + entry.path().filename().string());
      }
    }
    std::vector<pid_t> adopters;
    for (int i = 0; i < 4; i++) {
      adopters.push_back(start([&, i] {
        while (shared->go == 0) {}
        JournalPointer journal;
        if (Journal::open(options_for(root / "journal"), journal) != Status::ok) return 1;
        std::vector<RowId> ids;
        for (const ReadRow& row : read_rows(*journal)) ids.push_back(row.id);
        shared->counts[i] = static_cast<int>(ids.size());
        return journal->ack(ids.data(), ids.size()) == Status::ok ? 0 : 2;
      }));
    }
    shared->go = 1;
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      CHECK(end_of(adopters[static_cast<size_t>(i)]) == 0);
      sum += shared->counts[i];
    }
    CHECK(sum == 30);
    CHECK(root.files().empty());
  }
}

TEST_CASE("a child by fork never writes into its parent's segments") {
  const TemporaryFolder root;
  auto journal = open_journal(root.path());
  const RowId id = append(*journal, "parent's");
  const std::string before = read_file(root.files().at(0));
  const int result = end_of(start([&] {
    if (journal->append("child's", 1).status != Status::forked) return 1;
    if (journal->ack(&id, 1) != Status::forked) return 2;
    if (journal->sync() != Status::forked || journal->adopt() != Status::forked) return 3;
    if (journal->tidy(1).status != Status::forked) return 4;
    if (JournalReader(*journal).next() != Status::forked) return 5;
    if (journal->stats().pending_rows != 0) return 6;
    // Its own is another, also while it has its parent's.
    JournalPointer own;
    if (Journal::open(options_for(root.path()), own) != Status::ok) return 7;
    if (own->append("child's", 1).id == 0) return 8;
    journal.reset();
    return 0;
  }));
  CHECK(result == 0);
  CHECK(read_file(root.files().at(0)).substr(0, before.size()) == before);
  append(*journal, "parent's second");
  CHECK(read_texts(*journal) == Texts{"parent's", "parent's second"});
  CHECK(journal->adopt() == Status::ok);
  CHECK(read_texts(*journal).size() == 3);
}

TEST_CASE("the rows of a parent that died are adopted once its child has given up its copy of the lock") {
  const TemporaryFolder root;
  const SharedMemory shared;
  const pid_t parent = start([&] {
    JournalPointer journal;
    if (Journal::open(options_for(root.path()), journal) != Status::ok) return 1;
    if (journal->append("row", 1).id == 0) return 2;
    if (fork() == 0) {
      shared->counts[0] = getpid();
      while (shared->go == 0) {}
      journal.reset();
      shared->go = 2;
      while (shared->go != 3) {}
      _exit(0);
    }
    while (shared->counts[0] == 0) {}
    return 0;
  });
  CHECK(end_of(parent) == 0);
  auto journal = open_journal(root.path());
  CHECK(read_texts(*journal).empty());
  shared->go = 1;
  while (shared->go != 2) {}
  CHECK(journal->adopt() == Status::ok);
  CHECK(read_texts(*journal) == Texts{"row"});
  shared->go = 3;
}
