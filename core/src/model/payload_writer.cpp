// The two forms of a payload.
#include "model/payload_writer.h"

#include "base/base64.h"
#include "base/json_escape.h"
#include "base/percent.h"

namespace piste {

void PayloadWriter::begin() {
  if (!is_query()) json_.begin_object();
}

void PayloadWriter::end() {
  if (!is_query()) json_.end_object();
}

void PayloadWriter::open(Text key) {
  if (!is_query()) {
    json_.key(key);
    out_.push('"');
    return;
  }
  if (!first_) out_.push('&');
  first_ = false;
  out_.append(key);
  out_.push('=');
}

void PayloadWriter::close() {
  if (!is_query()) out_.push('"');
}

void PayloadWriter::add(Text key, Text value) {
  if (value.empty()) return;
  open(key);
  if (is_query()) {
    append_percent_encoded(out_, value);
  } else {
    append_json_escaped(out_, value);
  }
  close();
}

void PayloadWriter::add_json(Text plain_key, Text base64_key, bool base64, Text json) {
  if (!kIsFull || !base64) {
    add(plain_key, json);
    return;
  }
  open(base64_key);
  append_base64url(out_, json);
  close();
}

}  // namespace piste
