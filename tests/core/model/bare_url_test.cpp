// What stays of an address: its path, and the campaign.
#include "model/bare_url.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/texts.h"

using piste::append_bare_url;
using piste::Bytes;
using piste::Text;

namespace {

std::string bare(const std::string& url) {
  Bytes out;
  append_bare_url(out, {url.data(), static_cast<uint32_t>(url.size())});
  return {out.text().data, out.text().size};
}

}  // namespace

TEST_CASE("An address keeps its path and its campaign, and loses the rest of its query and its fragment") {
  CHECK(bare("https://a.example/p/q.html") == "https://a.example/p/q.html");
  CHECK(bare("https://a.example/?q=ann") == "https://a.example/");
  CHECK(bare("https://a.example/#ann") == "https://a.example/");
  CHECK(bare("/p?utm_source=news&gclid=1&utm_id=2#utm_x=3") == "/p?utm_source=news&utm_id=2");
  CHECK(bare("/p?gclid=1&utm_medium=mail") == "/p?utm_medium=mail");
}

TEST_CASE("What is no proper query is none") {
  CHECK(bare("").empty());
  CHECK(bare("?").empty());
  CHECK(bare("#").empty());
  CHECK(bare("/p?&&=&").append("/") == "/p/");
  CHECK(bare("/p?a=?utm_x=1&?utm_y=2&UTM_z=3") == "/p");
  CHECK(bare("/p#a?utm_x=1") == "/p");
  CHECK(bare("/p?utm_") == "/p?utm_");
  CHECK(bare("/p?utm_x=1&") == "/p?utm_x=1");
  CHECK(bare(std::string("/p\0?utm_x=\xff&b", 13)) == std::string("/p\0?utm_x=\xff", 11));
}
