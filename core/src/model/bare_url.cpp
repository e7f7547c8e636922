// What of an address stands before its query, and which parameters name a campaign.
#include "model/bare_url.h"

namespace piste {

namespace {

/// Where `sign` is first, or the end.
uint32_t find(Text text, char sign) {
  uint32_t i = 0;
  while (i < text.size && text[i] != sign) ++i;
  return i;
}

Text from(Text text, uint32_t start) { return start < text.size ? text.part(start, text.size - start) : Text(); }

}  // namespace

void append_bare_url(Bytes& out, Text url) {
  url.size = find(url, '#');
  const uint32_t path_size = find(url, '?');
  out.append(url.part(0, path_size));
  char sign = '?';
  for (Text query = from(url, path_size + 1); !query.empty();) {
    const Text parameter = query.part(0, find(query, '&'));
    query = from(query, parameter.size + 1);
    if (!starts_with(parameter, "utm_")) continue;
    out.push(sign);
    out.append(parameter);
    sign = '&';
  }
}

}  // namespace piste
