// A page that the kernel wipes on fork (Linux 4.14), or the process id.
#include "journal/fork_mark.h"

#include <sys/mman.h>
#include <unistd.h>

namespace piste::native {
namespace {

/// The smallest size that there is; the kernel rounds it up to a page.
constexpr size_t kPageBytes = 4096;

}  // namespace

ForkMark::ForkMark(bool uses_page) : pid_(getpid()) {
#if defined(MADV_WIPEONFORK)
  if (!uses_page) return;
  void* const page = mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return;
  if (madvise(page, kPageBytes, MADV_WIPEONFORK) != 0) {
    munmap(page, kPageBytes);
    return;
  }
  *static_cast<char*>(page) = 1;
  page_ = static_cast<const volatile char*>(page);
#else
  static_cast<void>(uses_page);
#endif
}

ForkMark::~ForkMark() {
  if (page_ != nullptr) munmap(const_cast<char*>(page_), kPageBytes);
}

bool ForkMark::is_child() const { return page_ != nullptr ? *page_ == 0 : getpid() != pid_; }

}  // namespace piste::native
