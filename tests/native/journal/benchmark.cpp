// Measures the journal: rows appended in a second, the first row of a long backlog, and what pending rows take on disk.
// Prints one line of JSON. Usage: journal_benchmark DIRECTORY [ROWS [ROW_BYTES]]; the directory is removed at the end.
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "journal/journal.h"
#include "journal/journal_reader.h"

using namespace piste::native;

namespace {

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::unique_ptr<Journal> open(const std::string& directory) {
  JournalOptions options;
  options.directory = directory;
  options.most_bytes = 1ULL << 36;
  std::unique_ptr<Journal> journal;
  if (Journal::open(options, journal) != Status::ok) exit(1);
  return journal;
}

/// Rows in a second by `threads` threads.
double append_rows(Journal& journal, int rows, const std::string& row, int threads) {
  const double begin = now_s();
  std::vector<std::thread> running;
  for (int t = 0; t < threads; t++) {
    running.emplace_back([&] {
      for (int i = 0; i < rows / threads; i++) {
        if (journal.append(row, 1.0).status != Status::ok) exit(1);
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  return rows / (now_s() - begin);
}

/// Nanoseconds that half, and all but one of a hundred, of the calls took no longer than.
void append_times(Journal& journal, int rows, const std::string& row, double& p50_ns, double& p99_ns) {
  std::vector<double> times;
  for (int i = 0; i < rows; i++) {
    const double begin = now_s();
    if (journal.append(row, 1.0).status != Status::ok) exit(1);
    times.push_back((now_s() - begin) * 1e9);
  }
  std::sort(times.begin(), times.end());
  p50_ns = times[times.size() / 2];
  p99_ns = times[times.size() * 99 / 100];
}

/// Rows in a second when each of `threads` threads syncs after each of its rows.
double append_with_power(Journal& journal, int rows, const std::string& row, int threads) {
  const double begin = now_s();
  std::vector<std::thread> running;
  for (int t = 0; t < threads; t++) {
    running.emplace_back([&] {
      for (int i = 0; i < rows / threads; i++) {
        if (journal.append(row, 1.0).status != Status::ok || journal.sync() != Status::ok) exit(1);
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  return rows / (now_s() - begin);
}

/// Reads all rows, and acknowledges all but each `kept`-th, 100 at a time. Rows in a second.
double drain(Journal& journal, int kept) {
  const double begin = now_s();
  JournalReader reader(journal);
  std::vector<RowId> ids;
  int rows = 0;
  for (; reader.next() == Status::ok; rows++) {
    if (kept == 0 || rows % kept != 0) ids.push_back(reader.id());
    if (ids.size() < 100) continue;
    if (journal.ack(ids.data(), ids.size()) != Status::ok) exit(1);
    ids.clear();
  }
  if (journal.ack(ids.data(), ids.size()) != Status::ok) exit(1);
  return rows / (now_s() - begin);
}

double tidy_all(Journal& journal) {
  const double begin = now_s();
  while (journal.tidy(1.0).is_more) {}
  return now_s() - begin;
}

/// What all files under a directory take, in blocks of the disk.
double bytes_on_disk(const std::string& directory) {
  double bytes = 0;
  Disk disk;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    FileFacts facts;
    if (entry.is_regular_file() && disk.facts_of(entry.path(), facts) >= 0) {
      bytes += static_cast<double>((facts.size + 4095) / 4096 * 4096);
    }
  }
  return bytes;
}

using Figures = std::vector<std::pair<const char*, double>>;

/// What appending costs: in journals of their own, which are gone afterwards.
void measure_appending(const std::string& directory, int rows, const std::string& row, Figures& figures) {
  double p50_ns = 0;
  double p99_ns = 0;
  append_times(*open(directory), std::min(rows, 200000), row, p50_ns, p99_ns);
  std::filesystem::remove_all(directory);
  figures.emplace_back("p50_ns", p50_ns);
  figures.emplace_back("p99_ns", p99_ns);
  figures.emplace_back("threads4_per_s", append_rows(*open(directory), rows, row, 4));
  std::filesystem::remove_all(directory);
  figures.emplace_back("power_per_s", append_with_power(*open(directory), 2000, row, 1));
  figures.emplace_back("power4_per_s", append_with_power(*open(directory), 8000, row, 4));
  std::filesystem::remove_all(directory);
}

/// A backlog: written, opened again, done in part, compacted, done. False if the journal fails.
bool measure_backlog(const std::string& directory, int rows, const std::string& row, Figures& figures) {
  const auto ratio = [&](double pending) {
    return bytes_on_disk(directory) / pending / static_cast<double>(row.size());
  };
  std::unique_ptr<Journal> journal = open(directory);
  figures.emplace_back("append_per_s", append_rows(*journal, rows, row, 1));
  double begin = now_s();
  if (journal->sync() != Status::ok) return false;
  figures.emplace_back("sync_ms", (now_s() - begin) * 1e3);
  journal.reset();
  figures.emplace_back("full_ratio", ratio(rows));

  begin = now_s();
  journal = open(directory);
  if (JournalReader(*journal).next() != Status::ok) return false;
  figures.emplace_back("first_row_ms", (now_s() - begin) * 1e3);

  // Rows that are done here and there are the worst for a journal of segments.
  figures.emplace_back("read_ack_per_s", drain(*journal, 3));
  figures.emplace_back("tidy_s", tidy_all(*journal));
  figures.emplace_back("sparse_ratio", ratio(static_cast<double>(journal->stats().pending_rows)));
  figures.emplace_back("drain_per_s", drain(*journal, 0));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string directory = argv[1];
  const int rows = argc > 2 ? atoi(argv[2]) : 1000000;
  const std::string row(argc > 3 ? static_cast<size_t>(atoi(argv[3])) : 600, 'x');
  Figures figures;
  measure_appending(directory + "-appending", rows, row, figures);
  if (!measure_backlog(directory, rows, row, figures)) return 1;
  std::filesystem::remove_all(directory);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  figures.emplace_back("rss_mb", static_cast<double>(usage.ru_maxrss) / 1024);
  const char* before = "{";
  for (const auto& [name, value] : figures) {
    printf("%s\"%s\":%.5g", before, name, value);
    before = ",";
  }
  printf("}\n");
  return 0;
}
