// One pass over the old file, large writes into the new one.
#include "journal/compaction.h"

#include <string>

#include "journal/format.h"
#include "journal/limits.h"
#include "journal/record_walk.h"

namespace piste::native {
namespace {

/// Writes what has been gathered behind what is in the file.
Status flush(Disk& disk, int to, std::string& gathered, Copied& copied) {
  if (gathered.empty()) return Status::ok;
  const int64_t written = disk.write_at(to, gathered, {}, copied.bytes);
  if (written < 0) return status_of(static_cast<int>(-written));
  if (static_cast<size_t>(written) != gathered.size()) return Status::no_space;
  copied.bytes += gathered.size();
  gathered.clear();
  return Status::ok;
}

}  // namespace

Status copy_pending(Disk& disk, const CopySource& source, int to, Copied& copied) {
  copied.bytes = copied.head_bytes;
  copied.records = 0;
  std::string gathered;
  RecordWalk walk(disk, source.fd, source.head_bytes);
  RecordWalk::Step step = walk.next(source.bytes);
  for (; step == RecordWalk::Step::row; step = walk.next(source.bytes)) {
    if (source.done.is_marked(walk.index())) continue;
    char head[kRecordHeadBytes];
    write_record_head(walk.row(), walk.index(), head);
    gathered.append(head, sizeof head).append(walk.row());
    copied.records++;
    if (gathered.size() < kReadBytes) continue;
    const Status status = flush(disk, to, gathered, copied);
    if (status != Status::ok) return status;
  }
  if (step == RecordWalk::Step::failed) return status_of(walk.error());
  const Status status = flush(disk, to, gathered, copied);
  if (status != Status::ok) return status;
  // Before it takes the place of rows that may have been on the disk for days.
  const int error = disk.sync(to);
  return error < 0 ? status_of(-error) : Status::ok;
}

}  // namespace piste::native
