// The structure of written JSON.
#include "base/json_writer.h"

#include "base/decimal.h"
#include "base/json_escape.h"

namespace piste {

void JsonWriter::begin_object() {
  out_.push('{');
  first_ = true;
}

void JsonWriter::end_object() {
  out_.push('}');
  first_ = false;
}

void JsonWriter::key(Text plain_key) {
  out_.append(first_ ? Text("\"") : Text(",\""));
  out_.append(plain_key);
  out_.append("\":");
  first_ = false;
}

void JsonWriter::number(double whole) { append_integer(out_, whole); }

void JsonWriter::member(Text plain_key, Text string) {
  key(plain_key);
  out_.push('"');
  append_json_escaped(out_, string);
  out_.push('"');
}

}  // namespace piste
