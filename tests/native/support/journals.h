// Opens journals, and reads all that is in one.
#ifndef PISTE_TESTS_NATIVE_SUPPORT_JOURNALS_H
#define PISTE_TESTS_NATIVE_SUPPORT_JOURNALS_H

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "journal/journal.h"
#include "journal/journal_reader.h"

using JournalPointer = std::unique_ptr<piste::native::Journal>;

inline piste::native::JournalOptions options_for(const std::string& directory, piste::native::Disk* disk = nullptr) {
  piste::native::JournalOptions options;
  options.directory = directory;
  options.disk = disk;
  return options;
}

inline JournalPointer open_journal(const piste::native::JournalOptions& options) {
  JournalPointer journal;
  REQUIRE(piste::native::Journal::open(options, journal) == piste::native::Status::ok);
  return journal;
}

inline JournalPointer open_journal(const std::string& directory) { return open_journal(options_for(directory)); }

/// Appends a row that must be taken.
inline piste::native::RowId append(piste::native::Journal& journal, const std::string& row, double wall_ms = 1) {
  const piste::native::Appended appended = journal.append(row, wall_ms);
  REQUIRE(appended.status == piste::native::Status::ok);
  REQUIRE(appended.lost.empty());
  return appended.id;
}

struct ReadRow {
  piste::native::RowId id;
  std::string text;
};

/// All that a reader gives before it comes to the end; other statuses count in `failures`.
inline std::vector<ReadRow> read_rows(piste::native::Journal& journal, int* failures = nullptr) {
  std::vector<ReadRow> rows;
  piste::native::JournalReader reader(journal);
  for (;;) {
    const piste::native::Status status = reader.next();
    if (status == piste::native::Status::end) return rows;
    if (status == piste::native::Status::ok) {
      rows.push_back({reader.id(), std::string(reader.row())});
    } else {
      REQUIRE(failures != nullptr);
      ++*failures;
    }
  }
}

inline std::vector<std::string> read_texts(piste::native::Journal& journal) {
  std::vector<std::string> texts;
  for (const ReadRow& row : read_rows(journal)) texts.push_back(row.text);
  return texts;
}

inline piste::native::Status ack(piste::native::Journal& journal, const std::vector<piste::native::RowId>& ids) {
  return journal.ack(ids.data(), ids.size());
}

using Texts = std::vector<std::string>;

#endif  // PISTE_TESTS_NATIVE_SUPPORT_JOURNALS_H
