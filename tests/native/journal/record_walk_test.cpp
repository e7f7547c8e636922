// Whole records, damaged ones, and the search for the next.
#include "journal/record_walk.h"

#include <errno.h>
#include <string.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

#include "journal/crc32c.h"
#include "journal/limits.h"
#include "native/support/faulty_disk.h"
#include "native/support/segment_bytes.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

using Rows = std::vector<std::pair<uint32_t, std::string>>;

/// A file, open while the object lives.
class OpenBytes {
 public:
  explicit OpenBytes(const std::string& bytes) : folder_fd_(disk.open_folder(folder_.path())) {
    write_file(folder_ / "file", bytes);
    fd = disk.open(folder_fd_, "file");
  }
  OpenBytes(const OpenBytes&) = delete;
  OpenBytes& operator=(const OpenBytes&) = delete;
  ~OpenBytes() {
    disk.close(fd);
    disk.close(folder_fd_);
  }
  FaultyDisk disk;
  int fd = -1;

 private:
  TemporaryFolder folder_;
  int folder_fd_;
};

Rows walk(RecordWalk& walk, uint64_t end) {
  Rows rows;
  while (walk.next(end) == RecordWalk::Step::row) rows.emplace_back(walk.index(), walk.row());
  return rows;
}

Rows walk_all(const std::string& bytes, uint64_t* whole_end = nullptr) {
  OpenBytes file(bytes);
  RecordWalk over(file.disk, file.fd, kHeadBytes);
  Rows rows = walk(over, bytes.size());
  if (whole_end != nullptr) *whole_end = over.whole_end();
  return rows;
}

const std::string kThree = segment_head() + record("one", 0) + record("second", 1) + record("the third", 7);

}  // namespace

TEST_CASE("records are given in order, with their indices") {
  uint64_t whole_end = 0;
  CHECK(walk_all(kThree, &whole_end) == Rows{{0, "one"}, {1, "second"}, {7, "the third"}});
  CHECK(whole_end == kThree.size());
  CHECK(walk_all(segment_head(), &whole_end).empty());
  CHECK(whole_end == kHeadBytes);
}

TEST_CASE("a walk goes on when records have been added") {
  OpenBytes file(kThree);
  RecordWalk over(file.disk, file.fd, kHeadBytes);
  const uint64_t first_end = kHeadBytes + kRecordHeadBytes + 3;
  CHECK(walk(over, first_end) == Rows{{0, "one"}});
  CHECK(over.next(first_end) == RecordWalk::Step::end);
  CHECK(walk(over, kThree.size()) == Rows{{1, "second"}, {7, "the third"}});
}

TEST_CASE("each damaged byte costs the row that it is in, and no other") {
  const size_t ends[] = {kHeadBytes + 19, kHeadBytes + 41, kHeadBytes + 66};
  REQUIRE(ends[2] == kThree.size());
  for (size_t at = kHeadBytes; at < kThree.size(); at++) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string bytes = kThree;
      bytes[at] = static_cast<char>(bytes[at] ^ change);
      Rows expected{{0, "one"}, {1, "second"}, {7, "the third"}};
      expected.erase(expected.begin() + (at < ends[0] ? 0 : at < ends[1] ? 1 : 2));
      INFO(at << " " << change);
      CHECK(walk_all(bytes) == expected);
    }
  }
}

TEST_CASE("a cut record ends the walk behind the last whole one") {
  for (size_t size = kHeadBytes; size < kThree.size(); size++) {
    uint64_t whole_end = 0;
    const Rows rows = walk_all(kThree.substr(0, size), &whole_end);
    CHECK(rows.size() == (size >= kHeadBytes + 41 ? 2 : size >= kHeadBytes + 19 ? 1 : 0));
    CHECK(whole_end == (size >= kHeadBytes + 41   ? kHeadBytes + 41
                        : size >= kHeadBytes + 19 ? kHeadBytes + 19
                                                  : kHeadBytes));
  }
}

TEST_CASE("records of another type are passed over") {
  std::string other = record("other", 1);
  other[3] = 9;
  const uint32_t checksum = crc32c(other.data(), 12);
  memcpy(&other[12], &checksum, sizeof checksum);
  uint64_t whole_end = 0;
  const std::string bytes = segment_head() + record("a", 0) + other;
  CHECK(walk_all(bytes + record("b", 2)) == Rows{{0, "a"}, {2, "b"}});
  CHECK(walk_all(bytes, &whole_end) == Rows{{0, "a"}});
  CHECK(whole_end == bytes.size());
}

TEST_CASE("large rows, and many small ones, are read through pieces of the file") {
  std::string bytes = segment_head();
  Rows expected;
  for (uint32_t i = 0; i < 3000; i++) {
    expected.emplace_back(i, std::string(i % 7 == 0 ? 400 : 100, static_cast<char>('a' + i % 26)));
    bytes += record(expected.back().second, i);
  }
  expected.emplace_back(3000, std::string(3 * kReadBytes, 'z'));
  bytes += record(expected.back().second, 3000);
  CHECK(walk_all(bytes) == expected);
}

TEST_CASE("the search crosses pieces of the file") {
  std::string damaged = record(std::string(3 * kReadBytes, '\1'), 0);
  damaged[0] = 'x';
  CHECK(walk_all(segment_head() + damaged + record("behind", 1)) == Rows{{1, "behind"}});
}

TEST_CASE("an error of the disk, and a file that is shorter than it should be, fail") {
  OpenBytes file(kThree);
  file.disk.read_error = EIO;
  RecordWalk over(file.disk, file.fd, kHeadBytes);
  CHECK(over.next(kThree.size()) == RecordWalk::Step::failed);
  CHECK(over.error() == EIO);
  file.disk.read_error = 0;
  RecordWalk beyond(file.disk, file.fd, kHeadBytes);
  Rows rows;
  RecordWalk::Step step = beyond.next(kThree.size() + 100);
  for (; step == RecordWalk::Step::row; step = beyond.next(kThree.size() + 100)) rows.emplace_back();
  CHECK(step == RecordWalk::Step::failed);
}
