// Marks in memory and on disk, and what a damaged byte does to them.
#include "journal/marks.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using piste::native::Marks;

TEST_CASE("a row is marked once") {
  Marks marks;
  CHECK_FALSE(marks.is_marked(1000));
  CHECK(marks.mark(1000));
  CHECK_FALSE(marks.mark(1000));
  CHECK(marks.is_marked(1000));
  CHECK_FALSE(marks.is_marked(999));
  CHECK_FALSE(marks.is_marked(1001));
  CHECK_FALSE(marks.is_marked(1U << 30));
  CHECK(marks.count(1000) == 0);
  CHECK(marks.count(1001) == 1);
}

TEST_CASE("marks come back from their text") {
  Marks marks;
  for (const uint32_t index : {0U, 7U, 8U, 21U, 130U}) marks.mark(index);
  Marks read;
  read.read(marks.text(0, 130) + std::string(100, '\0'));
  for (uint32_t i = 0; i < 200; i++) CHECK(read.is_marked(i) == marks.is_marked(i));
  read.read(std::string(64, '\0'));
  CHECK(read.count(200) == 0);
}

TEST_CASE("a part of the text stands at its offset") {
  Marks marks;
  for (const uint32_t index : {3U, 17U, 18U, 40U}) marks.mark(index);
  const std::string all = marks.text(0, 60);
  CHECK(all.substr(Marks::offset_of(17), marks.text(17, 42).size()) == marks.text(17, 42));
  CHECK(marks.text(17, 17).size() == 2);
  // Beyond all that is marked.
  CHECK(marks.text(60, 70) == std::string(4, '\0'));
}

TEST_CASE("a damaged byte marks no row") {
  Marks marks;
  marks.mark(5);
  marks.mark(9);
  const std::string text = marks.text(0, 31);
  for (size_t at = 0; at < text.size(); at++) {
    for (int value = 0; value < 256; value++) {
      std::string damaged = text;
      damaged[at] = static_cast<char>(value);
      Marks read;
      read.read(damaged);
      for (uint32_t i = 0; i < 32; i++) CHECK((!read.is_marked(i) || marks.is_marked(i)));
    }
  }
}
