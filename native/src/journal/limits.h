// Every limit of the journal: unit, default, reason.
#ifndef PISTE_NATIVE_JOURNAL_LIMITS_H
#define PISTE_NATIVE_JOURNAL_LIMITS_H

#include <stdint.h>

namespace piste::native {

/// Largest row. Reason: eight times what the core takes for an event, so that no encoding of one comes near.
constexpr uint32_t kMostRowBytes = 4U << 20;

/// A segment that has reached it is followed by another. Reason: small enough to be scanned in milliseconds after a
/// crash and to be rewritten between two requests, large enough that a gigabyte is 256 files.
constexpr uint32_t kSegmentBytes = 4U << 20;

/// What all segments may take on disk. Reason: days of a busy server, without filling its disk.
constexpr uint64_t kMostBytes = 1ULL << 30;

/// Whether the file still has a name is looked at so often, in rows and in milliseconds between them. Reason: nobody
/// removes a directory in use by accident, and asking costs a third of what writing a row does.
constexpr uint32_t kNameCheckRows = 64;
constexpr double kNameCheckMs = 1000;

/// What a reader asks the disk for at a time. Reason: larger reads were not faster.
constexpr uint32_t kReadBytes = 128U << 10;

/// Compaction begins when rows that are done take more than a part of 1 / kDeadPart of what the others take, and of a
/// segment. Reason: the disk holds at most 1.2 times the pending rows, and a small journal is left in peace.
constexpr uint64_t kDeadPart = 8;

/// Of all that the journal may take, the largest part of one segment is 1 / kCapPart. Reason: what makes room is the
/// oldest segment as a whole.
constexpr uint64_t kCapPart = 4;

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_LIMITS_H
