// Who made the mark, and who came by fork.
#include "journal/fork_mark.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

using piste::native::ForkMark;

TEST_CASE("a child is told from its parent, by the page and by the process id") {
  for (const bool uses_page : {true, false}) {
    const ForkMark mark(uses_page);
    CHECK_FALSE(mark.is_child());
    const pid_t child = fork();
    if (child == 0) {
      const ForkMark own(uses_page);
      _exit(mark.is_child() && !own.is_child() ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK_FALSE(mark.is_child());
  }
}
