// Lets malloc fail when a test says so. For test programs that are linked with --wrap=malloc.
#ifndef TESTS_SUPPORT_FAILING_MALLOC_H
#define TESTS_SUPPORT_FAILING_MALLOC_H

namespace tests {

/// As long as it lives, the core gets memory `count` times and then no more. Not nested.
class FailingMalloc {
 public:
  explicit FailingMalloc(int count);
  ~FailingMalloc();
  FailingMalloc(const FailingMalloc&) = delete;
  FailingMalloc& operator=(const FailingMalloc&) = delete;

  /// Whether memory was asked for in vain.
  bool has_failed() const;
};

}  // namespace tests

#endif  // TESTS_SUPPORT_FAILING_MALLOC_H
