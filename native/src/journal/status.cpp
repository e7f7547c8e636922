// Values of errno, put together by what a host can do about them.
#include "journal/status.h"

#include <errno.h>

namespace piste::native {

Status status_of(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Status::no_space;
    case EACCES:
    case EPERM:
    case EROFS:
      return Status::read_only;
    case ENOENT:
    case ENOTDIR:
      return Status::missing;
    case ENOMEM:
      return Status::no_memory;
    default:
      return Status::failed;
  }
}

}  // namespace piste::native
