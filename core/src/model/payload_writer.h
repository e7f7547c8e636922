// Writes one payload, key by key, in the form that its request will need: JSON for POST, a query for GET.
#ifndef PISTE_MODEL_PAYLOAD_WRITER_H
#define PISTE_MODEL_PAYLOAD_WRITER_H

#include "base/json_writer.h"
#include "model/limits.h"

namespace piste {

/// Appends to a buffer that it does not own. Empty values are dropped (protocol facts, section 1.1); so the payload
/// never has to be read again.
class PayloadWriter {
 public:
  PayloadWriter(Bytes& out, bool query) : out_(out), json_(out), query_(query) {}

  void begin();
  void end();
  void add(Text key, Text value);
  /// Adds JSON: as it is under `plain_key`, or base64url-encoded under `base64_key`.
  void add_json(Text plain_key, Text base64_key, bool base64, Text json);

 private:
  /// The lean flavour makes no queries.
  bool is_query() const { return kIsFull && query_; }
  void open(Text key);
  void close();

  Bytes& out_;
  JsonWriter json_;
  bool query_;
  bool first_ = true;
};

}  // namespace piste

#endif  // PISTE_MODEL_PAYLOAD_WRITER_H
