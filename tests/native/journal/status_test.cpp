// Each value of errno that a host can do something about, and all others.
#include "journal/status.h"

#include <errno.h>

#include <catch2/catch_test_macros.hpp>

using piste::native::Status;
using piste::native::status_of;

TEST_CASE("values of errno are told apart by what can be done about them") {
  struct Row {
    int error;
    Status status;
  };
  const Row rows[] = {
      {ENOSPC, Status::no_space},  {EDQUOT, Status::no_space}, {EFBIG, Status::no_space}, {EROFS, Status::read_only},
      {EACCES, Status::read_only}, {EPERM, Status::read_only}, {ENOENT, Status::missing}, {ENOTDIR, Status::missing},
      {ENOMEM, Status::no_memory}, {EIO, Status::failed},      {EMFILE, Status::failed},  {ENOLCK, Status::failed},
  };
  for (const Row& row : rows) {
    INFO(row.error);
    CHECK(status_of(row.error) == row.status);
  }
}
