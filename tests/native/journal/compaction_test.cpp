// What a copy keeps, and what stops it.
#include "journal/compaction.h"

#include <errno.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "journal/format.h"
#include "journal/limits.h"
#include "native/support/faulty_disk.h"
#include "native/support/segment_bytes.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

struct CopyRun {
  Status status = Status::ok;
  Copied copied;
  std::string bytes;
};

CopyRun copy(FaultyDisk& disk, const std::string& bytes, const Marks& done) {
  const TemporaryFolder folder;
  write_file(folder / "from", bytes);
  const int in = disk.open_folder(folder.path());
  const int from = disk.open(in, "from");
  const int to = disk.create(in, "to");
  CopyRun run;
  run.copied.head_bytes = 100;
  run.status = copy_pending(disk, {from, kHeadBytes, bytes.size(), done}, to, run.copied);
  for (const int fd : {from, to, in}) disk.close(fd);
  run.bytes = read_file(folder / "to");
  return run;
}

Marks marked(const std::vector<uint32_t>& indices) {
  Marks marks;
  for (const uint32_t index : indices) marks.mark(index);
  return marks;
}

const std::string kBytes =
    segment_head() + record("one", 0) + record("two", 1) + record("three", 2) + record("four", 5);

}  // namespace

TEST_CASE("pending rows are copied under their indices, behind the room for a head, and synced") {
  FaultyDisk disk;
  const CopyRun run = copy(disk, kBytes, marked({0, 2}));
  CHECK(run.status == Status::ok);
  CHECK(run.copied.records == 2);
  CHECK(run.copied.bytes == run.bytes.size());
  CHECK(run.bytes.substr(100) == record("two", 1) + record("four", 5));
  CHECK(disk.syncs == 1);
}

TEST_CASE("many rows are copied in few writes") {
  std::string bytes = segment_head();
  std::string kept;
  for (uint32_t i = 0; i < 4000; i++) {
    const std::string one = record(std::string(100, static_cast<char>('a' + i % 26)), i);
    bytes += one;
    if (i != 17) kept += one;
  }
  FaultyDisk disk;
  const CopyRun run = copy(disk, bytes, marked({17}));
  CHECK(run.status == Status::ok);
  CHECK(run.bytes.substr(100) == kept);
  CHECK(disk.writes <= static_cast<int>(kept.size() / kReadBytes + 1));
}

TEST_CASE("a damaged row is not copied") {
  std::string bytes = kBytes;
  bytes[kHeadBytes + kRecordHeadBytes] ^= 1;
  FaultyDisk disk;
  const CopyRun run = copy(disk, bytes, {});
  CHECK(run.status == Status::ok);
  CHECK(run.copied.records == 3);
}

TEST_CASE("errors of reading, writing and syncing stop the copy, as does a full disk") {
  FaultyDisk reading;
  reading.read_error = EIO;
  CHECK(copy(reading, kBytes, {}).status == Status::failed);
  FaultyDisk writing;
  writing.write_error = EROFS;
  CHECK(copy(writing, kBytes, {}).status == Status::read_only);
  FaultyDisk syncing;
  syncing.sync_error = EIO;
  CHECK(copy(syncing, kBytes, {}).status == Status::failed);
  FaultyDisk full;
  full.room = 10;
  CHECK(copy(full, kBytes, {}).status == Status::no_space);
}
