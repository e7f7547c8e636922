// One file: appended to, cut, sealed, loaded, marked, made smaller.
#include "journal/segment.h"

#include <errno.h>

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

#include "journal/compaction.h"
#include "native/support/faulty_disk.h"
#include "native/support/segment_bytes.h"
#include "native/support/temporary_folder.h"

using namespace piste::native;

namespace {

struct Place {
  TemporaryFolder root;
  FaultyDisk disk;
  std::shared_ptr<Folder> folder;
  Place() { REQUIRE(Folder::make(disk, root.path(), folder) == Status::ok); }

  std::string file() const { return root.files().at(0); }
  /// Writes the file by hand.
  void put(const std::string& bytes) const {
    for (const auto& entry : std::filesystem::directory_iterator(root.path())) {
      write_file((entry.path() / segment_name(1)).string(), bytes);
    }
  }
  std::unique_ptr<Segment> segment() { return std::make_unique<Segment>(disk, folder, 1); }
  /// A new one with three rows.
  std::unique_ptr<Segment> three() {
    auto made = segment();
    REQUIRE(made->create(1000) == Status::ok);
    for (const char* row : {"one", "second", "the third"}) REQUIRE(made->append(row, 2000) == Status::ok);
    return made;
  }
  std::unique_ptr<Segment> loaded() {
    auto again = segment();
    REQUIRE(again->load() == Status::ok);
    return again;
  }
};

const std::string kRecords = record("one", 0) + record("second", 1) + record("the third", 2);

}  // namespace

TEST_CASE("a row is one write behind the last one") {
  Place place;
  const auto segment = place.segment();
  REQUIRE(segment->create(1000) == Status::ok);
  const int before = place.disk.writes;
  CHECK(segment->append("one", 2000) == Status::ok);
  CHECK(place.disk.writes == before + 1);
  CHECK(segment->append("second", 1500) == Status::ok);
  CHECK(segment->rows() == 2);
  CHECK(segment->pending() == 2);
  CHECK(segment->newest_ms() == 2000);
  CHECK(segment->bytes() == read_file(place.file()).size());
  CHECK(segment->take_unsynced());
  CHECK_FALSE(segment->take_unsynced());
}

TEST_CASE("a sealed segment is loaded by its head") {
  Place place;
  auto segment = place.three();
  CHECK(segment->mark(1));
  CHECK(segment->write_marks(1, 1) == Status::ok);
  segment->seal();
  segment.reset();
  segment = place.loaded();
  CHECK(segment->is_sealed());
  CHECK(segment->rows() == 3);
  CHECK(segment->pending() == 2);
  CHECK(segment->marks().is_marked(1));
  CHECK(segment->newest_ms() == 2000);
  CHECK(segment->torn_bytes() == 0);
  CHECK_FALSE(segment->mark(1));
  CHECK_FALSE(segment->mark(3));
}

TEST_CASE("a segment that was not sealed is counted, cut behind its last whole row, and sealed") {
  for (size_t cut = 0; cut <= kRecords.size(); cut++) {
    Place place;
    place.put(segment_head() + kRecords.substr(0, cut));
    const auto segment = place.loaded();
    const size_t whole = cut >= 66 ? 66 : cut >= 41 ? 41 : cut >= 19 ? 19 : 0;
    CHECK(segment->rows() == (whole == 66 ? 3 : whole == 41 ? 2 : whole == 19 ? 1 : 0));
    CHECK(segment->torn_bytes() == cut - whole);
    CHECK(read_file(place.file()).size() == kHeadBytes + whole);
    CHECK(segment->newest_ms() > 1e12);
    CHECK(place.loaded()->rows() == segment->rows());
    CHECK(place.loaded()->torn_bytes() == 0);
  }
}

TEST_CASE("a file without a whole head has no rows") {
  for (const size_t size : {size_t{0}, size_t{40}, size_t{kHeadBytes - 1}}) {
    Place place;
    place.put(segment_head().substr(0, size));
    CHECK(place.loaded()->pending() == 0);
  }
}

TEST_CASE("what is of another version or cannot be read is left alone") {
  Place place;
  CHECK(place.segment()->load() == Status::failed);
  const std::string later = segment_head(kFormatVersion + 1) + kRecords;
  place.put(later);
  CHECK(place.segment()->load() == Status::failed);
  CHECK(read_file(place.file()) == later);
  place.put(segment_head() + kRecords);
  place.disk.read_error = EIO;
  CHECK(place.segment()->load() == Status::failed);
  place.disk.read_error = 0;
  place.disk.open_error = EACCES;
  CHECK(place.segment()->load() == Status::failed);
  place.disk.open_error = 0;
  // The description is damaged, so nothing says that it is of another version.
  std::string damaged = segment_head() + kRecords;
  damaged[3] ^= 1;
  place.put(damaged);
  CHECK(place.loaded()->rows() == 3);
}

TEST_CASE("a tail that cannot be cut off stays, and is no row") {
  Place place;
  place.put(segment_head() + kRecords.substr(0, 60));
  place.disk.truncate_error = EIO;
  const auto segment = place.loaded();
  CHECK(segment->rows() == 2);
  CHECK(segment->bytes() == kHeadBytes + 60);
}

TEST_CASE("after a write that failed the file ends behind the last whole row") {
  Place place;
  auto segment = place.three();
  for (uint64_t room = 0; room < 20; room++) {
    place.disk.room = room;
    CHECK(segment->append("four", 3000) == Status::no_space);
    CHECK_FALSE(segment->is_broken());
    CHECK(read_file(place.file()).substr(kHeadBytes) == kRecords);
  }
  place.disk.room = UINT64_MAX;
  place.disk.write_error = EIO;
  CHECK(segment->append("four", 3000) == Status::failed);
  place.disk.write_error = 0;
  CHECK(segment->append("four", 3000) == Status::ok);
  CHECK(read_file(place.file()).substr(kHeadBytes) == kRecords + record("four", 3));
}

TEST_CASE("a segment whose end could not be repaired is broken, and its rows can be read") {
  Place place;
  auto segment = place.three();
  place.disk.room = 5;
  place.disk.truncate_error = EIO;
  CHECK(segment->append("four", 3000) == Status::no_space);
  CHECK(segment->is_broken());
  place.disk.room = UINT64_MAX;
  segment->seal();
  CHECK(place.loaded()->rows() == 3);
}

TEST_CASE("a new segment for which there is no room leaves no file") {
  Place place;
  place.disk.room = 100;
  CHECK(place.segment()->create(1) == Status::no_space);
  place.disk.create_error = EROFS;
  CHECK(place.segment()->create(1) == Status::read_only);
  CHECK(place.root.files().empty());
}

TEST_CASE("a file that has lost its name is noticed after some rows, or when the clock has moved") {
  Place place;
  for (const double step_ms : {0.0, 400.0, 1000.0, -1000.0}) {
    auto segment = place.three();
    segment->remove();
    REQUIRE(place.root.files().empty());
    // Open again, as if it had been removed from outside.
    segment = place.segment();
    REQUIRE(segment->create(5000) == Status::ok);
    REQUIRE(segment->append("one", 5000) == Status::ok);
    std::filesystem::remove(place.file());
    int rows = 0;
    double wall_ms = 5000;
    while (segment->append("row", wall_ms += step_ms) == Status::ok) rows++;
    CHECK(rows == (step_ms == 0 ? 63 : step_ms == 400 ? 2 : 0));
  }
}

TEST_CASE("a smaller file takes the place of a segment, with its marks") {
  Place place;
  auto segment = place.three();
  segment->seal();
  segment->mark(0);
  segment->mark(1);
  CHECK(segment->dead_bytes() == 44);
  const uint32_t generation = segment->generation();
  Copied copied;
  const CopySource source = segment->source(copied);
  CHECK(copied.head_bytes == kMarksOffset + 2);
  const int to = place.disk.create(place.folder->fd(), unfinished_name(1));
  REQUIRE(copy_pending(place.disk, source, to, copied) == Status::ok);

  place.disk.rename_error = EIO;
  CHECK(segment->replace(to, copied) == Status::failed);
  CHECK(segment->generation() == generation);
  place.disk.rename_error = 0;
  CHECK(segment->replace(to, copied) == Status::ok);
  CHECK(segment->generation() != generation);
  CHECK(segment->dead_bytes() == 0);
  CHECK(segment->bytes() == kMarksOffset + 2 + 25);
  CHECK(read_file(place.file()).substr(kMarksOffset + 2) == record("the third", 2));
  for (const int fd : {source.fd, to}) place.disk.close(fd);

  segment = place.loaded();
  CHECK(segment->is_sealed());
  CHECK(segment->pending() == 1);
  CHECK(segment->dead_bytes() == 0);
  CHECK(segment->newest_ms() == 2000);
  CHECK_FALSE(segment->marks().is_marked(2));

  // Where its records begin is known from the description or the seal, whichever is whole.
  const std::string bytes = read_file(place.file());
  for (size_t at = 0; at < kMarksOffset; at++) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    place.put(damaged);
    const auto again = place.loaded();
    CHECK(again->head_bytes() == kMarksOffset + 2);
    CHECK(again->pending() == 1);
  }
}
