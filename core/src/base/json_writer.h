// Writes JSON objects by appending: strings are escaped, everything else is copied.
#ifndef PISTE_BASE_JSON_WRITER_H
#define PISTE_BASE_JSON_WRITER_H

#include "base/bytes.h"

namespace piste {

/// Writes objects whose members have plain keys. Commas come by themselves; nesting is the caller's.
class JsonWriter {
 public:
  explicit JsonWriter(Bytes& out) : out_(out) {}

  void begin_object();
  void end_object();
  /// Starts a member; its value follows by value() or begin_object().
  void key(Text plain_key);
  /// A value that is JSON already.
  void value(Text json) { out_.append(json); }
  void number(double whole);
  /// A member with a string value.
  void member(Text plain_key, Text string);

 private:
  Bytes& out_;
  bool first_ = true;
};

}  // namespace piste

#endif  // PISTE_BASE_JSON_WRITER_H
