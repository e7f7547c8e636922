// Who gets a folder: its maker, then one adopter, and never two.
#include "journal/folder.h"

#include <errno.h>

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "native/support/faulty_disk.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

std::vector<std::string> names_in(Disk& disk, const std::string& root) {
  std::vector<std::string> names;
  REQUIRE(Folder::list(disk, root, names) == Status::ok);
  return names;
}

std::shared_ptr<Folder> make(Disk& disk, const std::string& root) {
  std::shared_ptr<Folder> folder;
  REQUIRE(Folder::make(disk, root, folder) == Status::ok);
  REQUIRE(folder);
  return folder;
}

}  // namespace

TEST_CASE("a folder belongs to its maker until he is gone, then to one adopter") {
  const TemporaryFolder root;
  Disk disk;
  auto own = make(disk, root / "new");
  const auto names = names_in(disk, root / "new");
  REQUIRE(names.size() == 1);
  CHECK_FALSE(Folder::take(disk, root / "new", names[0]));
  own.reset();
  const auto first = Folder::take(disk, root / "new", names[0]);
  CHECK(first);
  CHECK_FALSE(Folder::take(disk, root / "new", names[0]));
}

TEST_CASE("folders of one root are listed by age, and nothing else is") {
  const TemporaryFolder root;
  Disk disk;
  const auto first = make(disk, root.path());
  const auto second = make(disk, root.path());
  disk.make_folder(root / "photos");
  CHECK(names_in(disk, root.path()).size() == 2);
  std::vector<std::string> none;
  CHECK(Folder::list(disk, root / "none", none) == Status::missing);
}

TEST_CASE("a folder that is removed while somebody waits for it is not taken") {
  const TemporaryFolder root;
  // Removes the folder after it was opened, before it is locked.
  class RemovingDisk : public Disk {
   public:
    std::string path;
    int lock(int fd) override {
      if (!path.empty()) remove_folder(path);
      return Disk::lock(fd);
    }
  };
  RemovingDisk disk;
  make(disk, root.path());
  const std::string name = names_in(disk, root.path())[0];
  disk.path = root / name;
  CHECK_FALSE(Folder::take(disk, root.path(), name));
  CHECK_FALSE(Folder::take(disk, root.path(), name));
}

TEST_CASE("who is overtaken by an adopter while he makes a folder makes another") {
  const TemporaryFolder root;
  // Locks and removes the first folder before its maker can.
  class OvertakingDisk : public Disk {
   public:
    std::string root;
    int opened = 0;
    int open_folder(const std::string& path) override {
      if (opened++ == 0) remove_folder(path);
      return Disk::open_folder(path);
    }
    int lock(int fd) override { return opened == 2 ? -EWOULDBLOCK : Disk::lock(fd); }
  };
  OvertakingDisk disk;
  std::shared_ptr<Folder> folder;
  CHECK(Folder::make(disk, root.path(), folder) == Status::ok);
  CHECK(folder);
  CHECK(disk.opened == 3);
}

TEST_CASE("what stands in the way of a folder is told") {
  const TemporaryFolder root;
  FaultyDisk disk;
  std::shared_ptr<Folder> folder;
  CHECK(Folder::make(disk, root / "a/b", folder) == Status::missing);
  write_file(root / "file", "");
  CHECK(Folder::make(disk, root / "file", folder) == Status::missing);
  disk.make_folder_error = EROFS;
  CHECK(Folder::make(disk, root.path(), folder) == Status::read_only);
  disk.make_folder_error = EEXIST;
  CHECK(Folder::make(disk, root.path(), folder) == Status::failed);
  disk.make_folder_error = 0;
  disk.lock_error = ENOLCK;
  CHECK(Folder::make(disk, root.path(), folder) == Status::failed);
  CHECK_FALSE(folder);
  CHECK(root.folders() == 0);
}

TEST_CASE("segments are listed by number, and unfinished ones removed") {
  const TemporaryFolder root;
  Disk disk;
  const auto folder = make(disk, root.path());
  for (const char* name :
       {"0000000a.rows", "00000002.rows", "00000003.new", "0000000g.rows", "b.rows", "0000000c.odd"}) {
    disk.close(disk.create(folder->fd(), name));
  }
  std::vector<uint32_t> numbers;
  REQUIRE(folder->segments(numbers) == Status::ok);
  CHECK(numbers == std::vector<uint32_t>{2, 10});
  CHECK(folder->next_number() == 11);
  CHECK(folder->next_number() == 12);
  CHECK(root.files().size() == 5);
  CHECK(segment_name(10) == "0000000a.rows");
  CHECK(unfinished_name(3) == "00000003.new");
}

TEST_CASE("an empty folder can be removed, another stays") {
  const TemporaryFolder root;
  Disk disk;
  const auto folder = make(disk, root.path());
  disk.close(disk.create(folder->fd(), segment_name(1)));
  folder->remove();
  CHECK(root.folders() == 1);
  disk.remove(folder->fd(), segment_name(1));
  folder->remove();
  CHECK(root.folders() == 0);
}

TEST_CASE("new names are synced once: those of the folder, and at first those above it") {
  const TemporaryFolder root;
  Disk disk;
  const auto folder = make(disk, root.path());
  const auto unsynced = [&] {
    std::vector<int> fds;
    folder->add_unsynced(fds);
    for (const int fd : fds) disk.close(fd);
    return fds.size();
  };
  CHECK(unsynced() == 3);
  CHECK(unsynced() == 0);
  folder->touch();
  CHECK(unsynced() == 1);
}
