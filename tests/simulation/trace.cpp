// Lines of a trace: milliseconds, page, what happened.
#include "trace.h"

#include <cstdarg>
#include <cstdio>

namespace simulation {

void Trace::line(double at_ms, unsigned page, const char* form, ...) const {
  if (!on_) return;
  std::printf("%14.1f  ", at_ms);
  if (page == 0) {
    std::printf("world    ");
  } else {
    std::printf("page %-3u ", page);
  }
  va_list arguments;
  va_start(arguments, form);
  std::vprintf(form, arguments);
  va_end(arguments);
  std::printf("\n");
}

}  // namespace simulation
