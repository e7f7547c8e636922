// Tells whether this process is the one that made the mark, or a child that came to it by fork().
#ifndef PISTE_NATIVE_JOURNAL_FORK_MARK_H
#define PISTE_NATIVE_JOURNAL_FORK_MARK_H

#include <sys/types.h>

namespace piste::native {

/// Where the kernel can, a page that is empty in children says so without a system call; else the process id does.
class ForkMark {
 public:
  /// `uses_page`: false for the process id in any case.
  explicit ForkMark(bool uses_page = true);
  ForkMark(const ForkMark&) = delete;
  ForkMark& operator=(const ForkMark&) = delete;
  ~ForkMark();

  bool is_child() const;

 private:
  pid_t pid_;
  /// 1 where the mark was made, 0 in a child; null: not to be had.
  const volatile char* page_ = nullptr;
};

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_FORK_MARK_H
