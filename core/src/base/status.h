// What became of an operation: the same numbers as piste_status, which abi/piste.cpp asserts.
#ifndef PISTE_BASE_STATUS_H
#define PISTE_BASE_STATUS_H

#include <stdint.h>

namespace piste {

/// See piste_status in piste.h for the meaning of each value.
// clang-format off: version 14 takes an attribute here for the name.
enum class [[nodiscard]] Status : int32_t{
    // clang-format on
    ok = 0,
    invalid_argument = 100,
    invalid_utf8 = 101,
    invalid_value = 102,
    missing_field = 103,
    invalid_number = 104,
    malformed_event = 105,
    too_large = 106,
    unserialisable = 107,
    queue_full = 200,
    closed = 201,
    rejected = 202,
    evicted = 203,
    expired = 204,
    denied = 205,
    held = 206,
    no_memory = 300,
    unreadable_row = 301,
    internal = 900,
};

/// A value, or the reason why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  constexpr Result(T value) : value_(value) {}                    // NOLINT(google-explicit-constructor)
  constexpr Result(Status status) : value_{}, status_(status) {}  // NOLINT(google-explicit-constructor)

  constexpr bool ok() const { return status_ == Status::ok; }
  constexpr Status status() const { return status_; }
  /// The value; a zero value if there is none.
  constexpr T value() const { return value_; }

 private:
  T value_;
  Status status_ = Status::ok;
};

}  // namespace piste

/// Leaves the function with the status of `expression` unless that is ok.
#define PISTE_TRY(expression)                                                                     \
  do {                                                                                            \
    if (const ::piste::Status piste_status_ = (expression); piste_status_ != ::piste::Status::ok) \
      return piste_status_;                                                                       \
  } while (false)

#endif  // PISTE_BASE_STATUS_H
