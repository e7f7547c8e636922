// What became of a call on the journal: all of it the environment's doing, but for a row that is too large.
#ifndef PISTE_NATIVE_JOURNAL_STATUS_H
#define PISTE_NATIVE_JOURNAL_STATUS_H

namespace piste::native {

// clang-format off: version 14 takes an attribute here for the name.
enum class [[nodiscard]] Status{
    // clang-format on
    ok,
    end,        ///< A reader has given all rows that there are by now.
    too_large,  ///< The row is empty, or larger than kMostRowBytes.
    forked,     ///< The journal was opened by the parent of this process, which has to open one of its own.
    no_memory,
    no_space,   ///< The disk, the quota or the largest file size is reached. Later calls may succeed.
    read_only,  ///< The directory, or its file system, may not be written to.
    missing,    ///< The directory is not there and cannot be made, or somebody has removed it.
    failed,     ///< Any other error of the file system: EIO, too many open files, no locks.
};

/// The status that stands for a value of errno, which is not 0.
Status status_of(int error);

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_STATUS_H
