// The calls of the operating system, and the errors that they give.
#include "journal/disk.h"

#include <errno.h>
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "native/support/temporary_folder.h"

using piste::native::Disk;
using piste::native::FileFacts;

TEST_CASE("folders are made, listed, locked and removed") {
  const TemporaryFolder folder;
  Disk disk;
  const std::string path = folder / "inner";
  REQUIRE(disk.make_folder(path) >= 0);
  CHECK(disk.make_folder(path) == -EEXIST);
  CHECK(disk.make_folder(folder / "a/b") == -ENOENT);
  struct stat found {};
  REQUIRE(stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0700);

  const int first = disk.open_folder(path);
  const int second = disk.open_folder(path);
  REQUIRE(first >= 0);
  CHECK(disk.open_folder(folder / "none") == -ENOENT);
  CHECK(disk.lock(first) >= 0);
  CHECK(disk.lock(second) == -EWOULDBLOCK);
  disk.close(first);
  CHECK(disk.lock(second) >= 0);

  disk.close(disk.create(second, "a"));
  disk.close(disk.create(second, "b"));
  std::vector<std::string> names;
  REQUIRE(disk.list(path, names) >= 0);
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"a", "b"});
  CHECK(disk.list(folder / "none", names) == -ENOENT);
  CHECK(disk.remove_folder(path) == -ENOTEMPTY);
  CHECK(disk.remove(second, "a") >= 0);
  CHECK(disk.remove(second, "a") == -ENOENT);
  CHECK(disk.remove(second, "b") >= 0);
  CHECK(disk.remove_folder(path) >= 0);
  disk.close(second);
}

TEST_CASE("files are written, read, cut, renamed and looked at") {
  const TemporaryFolder folder;
  Disk disk;
  const int in = disk.open_folder(folder.path());
  CHECK(disk.open(in, "file") == -ENOENT);
  const int file = disk.create(in, "file");
  REQUIRE(file >= 0);
  CHECK(disk.write_at(file, "head ", "and body", 3) == 13);
  char bytes[32] = {};
  CHECK(disk.read_at(file, bytes, sizeof bytes, 3) == 13);
  CHECK(std::string(bytes) == "head and body");
  CHECK(disk.read_at(file, bytes, 4, 8) == 4);
  CHECK(disk.read_at(file, bytes, 4, 100) == 0);
  CHECK(disk.truncate(file, 7) >= 0);
  CHECK(disk.sync(file) >= 0);

  FileFacts facts;
  FileFacts named;
  REQUIRE(disk.facts(file, facts) >= 0);
  CHECK(facts.size == 7);
  CHECK(facts.links == 1);
  CHECK(facts.changed_ms > 1e12);
  REQUIRE(disk.facts_of(folder / "file", named) >= 0);
  CHECK(named.inode == facts.inode);
  CHECK(named.device == facts.device);
  CHECK(disk.facts_of(folder / "none", named) == -ENOENT);
  CHECK(disk.facts(-1, named) == -EBADF);

  CHECK(disk.rename(in, "file", "other") >= 0);
  const int again = disk.open(in, "other");
  const int copy = disk.duplicate(again);
  disk.close(again);
  CHECK(disk.read_at(copy, bytes, 4, 3) == 4);
  CHECK(disk.remove(in, "other") >= 0);
  REQUIRE(disk.facts(copy, facts) >= 0);
  CHECK(facts.links == 0);
  for (const int fd : {file, copy, in}) disk.close(fd);
  CHECK(disk.write_at(-1, "a", "b", 0) == -EBADF);
  CHECK(disk.read_at(-1, bytes, 1, 0) == -EBADF);
  CHECK(disk.duplicate(-1) == -EBADF);
}
