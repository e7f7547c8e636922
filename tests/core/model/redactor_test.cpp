// Values before and after, by the safe rules and by others.
#include "model/redactor.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::Redactions;
using piste::Status;
using piste::Target;
using tests::text_of;

namespace {

/// Rules, and what they have counted.
struct Site {
  piste::FirewallRules rules;
  Redactions redactions;
  piste::Redactor redactor{rules, redactions};

  explicit Site(std::string_view text) { REQUIRE(rules.set(text_of(text)) == Status::ok); }

  std::string clean(std::string_view value, Target target) {
    const std::string once = written(value, target);
    // Who goes through it twice stays as he is, and is not counted again.
    const Redactions before = redactions;
    CHECK(written(once, target) == once);
    CHECK(redactions.dropped + redactions.masked + redactions.hashed == before.dropped + before.masked + before.hashed);
    return once;
  }
  std::string written(std::string_view value, Target target) {
    return tests::written([&](piste::Bytes& out) { CHECK(redactor.append(out, text_of(value), target)); });
  }
};

struct Row {
  std::string_view value, clean;
};

const std::string kJwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln";
const std::string kHex = "d41d8cd98f00b204e9800998ecf8427e";

}  // namespace

TEST_CASE("by the safe rules secrets and personal data in URLs are masked") {
  const Row rows[] = {
      {"https://a.test/x?token=abc", "https://a.test/x?token=***"},
      {"https://a.test/?a=1&access_token=abc&b=2#c", "https://a.test/?a=1&access_token=***&b=2#c"},
      {"https://a.test/?user%5Bemail%5D=x&z", "https://a.test/?user%5Bemail%5D=***&z"},
      {"https://a.test/?password=ab%26cd%3Def", "https://a.test/?password=***"},
      {"https://a.test/?password=ab=cd", "https://a.test/?password=***"},
      {"https://a.test/?q=mail+jane%40b.co+now", "https://a.test/?q=***+now"},
      {"https://a.test/?q=mail%20jane@b.co%20now", "https://a.test/?q=mail%20***%20now"},
      {"https://a.test/?q=jane%2540b.co", "https://a.test/?q=***"},
      {"https://a.test/?jane@b.co=1&k", "https://a.test/?***=1&k"},
      {"https://a.test/jane@b.co/x;jsessionid=1A?x", "https://a.test/***/x;jsessionid=***?x"},
      {"https://a.test/4111-1111-1111-1111/x", "https://a.test/***/x"},
      {"https://a.test/d41d8cd98f00b204e9800998ecf8427e.js", "https://a.test/***.js"},
      {"https://a.test/#access_token=abc&state=1", "https://a.test/#access_token=***&state=1"},
      {"https://a.test/#/route?token=abc&x=1", "https://a.test/#/route?token=***&x=1"},
      {"https://a.test#jane@b.co", "https://a.test#***"},
      {"https://jane:pw@a.test:8080/x", "https://***@a.test:8080/x"},
      {"https://jane@b.co@a.test?x", "https://***@a.test?x"},
      {"//jane@a.test/x", "//***@a.test/x"},
      {"/x?email=1", "/x?email=***"},
      {"https://a.test/?next=https%3A%2F%2Fb.test%2F%3Ftoken%3Dabc%26y%3D1",
       "https://a.test/?next=https%3A%2F%2Fb.test%2F%3Ftoken%3D***%26y%3D1"},
      {"https://a.test/?next=/b%253Ftoken%253Dabc%2526y", "https://a.test/?next=/b%253Ftoken%253D***%2526y"},
  };
  for (const Target target : {Target::page, Target::referrer, Target::link, Target::title, Target::text}) {
    for (const Row& row : rows) {
      Site site("safe");
      CHECK(site.clean(row.value, target) == row.clean);
      CHECK(site.redactions.masked >= 1);
    }
  }
}

TEST_CASE("by the safe rules all else in URLs stays, byte by byte") {
  for (const std::string_view url : {
           "",
           "/",
           "?",
           "#",
           "?#",
           "https://a.test",
           "https://a.test/?",
           "https://a.test/?&&a=&=b&c#",
           "about:blank",
           "https://a.test/?utm_source=news&utm_medium=e-mail&utm_campaign=spring_4111111111111111",
           "https://a.test/"
           "?gclid=EAIaIQobChMI1a2b3c4d5e6f7g8h9i0jKLMNOPQRSTUVWXYZ&fbclid=IwAR0a1b2c3d4e5f6g7h8i9j0k1l2m3",
           "https://a.test/?_ga=2.1.1700000000.1600000000&_sp=d41d8cd9-8f00-4204-a980-0998ecf8427e.1700000000123",
           "https://a.test/550e8400-e29b-41d4-a716-446655440000/top-10-things-in-2024?page=2&q=a%20b+c%2",
           "https://a.test/%C3%BC/?t=1700000000123&lat=48.4111111111111111&sort=-price#section-2",
           "https://medium.com/@jane.doe/a-story",
           "https://a.test/?token=&email=&token",
           "https://a.test/?token=***",
           "https://a.test/?email=*0123456789abcdef*",
           "https://@a.test/",
           "https://a.test/a@2/b@x",
       }) {
    Site site("safe");
    CHECK(site.clean(url, Target::page) == url);
    CHECK(site.redactions.masked == 0);
  }
}

TEST_CASE("by the safe rules e-mail addresses and tokens are masked in titles and texts, numbers are not") {
  for (const Target target : {Target::title, Target::text}) {
    Site site("safe");
    CHECK(site.clean("Hello jane@b.co, and 4111111111111111", target) == "Hello ***, and 4111111111111111");
    CHECK(site.clean("mailto:jane@b.co", target) == "mailto:***");
    CHECK(site.clean("www.a.test/?e=jane%40b.co", target) == "www.a.test/?e=***");
    CHECK(site.clean("Bearer " + kJwt + ".", target) == "Bearer ***");
    CHECK(site.clean(kHex + " 100%", target) == kHex + " 100%");
    CHECK(site.clean("what?token=abc", target) == "what?token=abc");
    CHECK(site.redactions.masked == 4);
  }
}

TEST_CASE("parameters are kept, masked, hashed and dropped by name, and all others by a star") {
  Site site("safe\nuqkcode\nuqhid\nuqdx*\nuqmq");
  CHECK(site.clean("/?code=SPRING&id=7&xa=1&q=z&token=1", Target::page) ==
        "/?code=SPRING&id=*902ba3cda1883801*&q=***&token=***");
  CHECK(site.redactions.masked == 2);
  CHECK(site.redactions.hashed == 1);
  CHECK(site.redactions.dropped == 1);
  CHECK(site.clean("/?xa=1", Target::page) == "/");
  CHECK(site.clean("/?xa=1&b=2&xb&c", Target::page) == "/?b=2&c");
  CHECK(site.clean("/?xa&xb=2#k", Target::page) == "/#k");
  CHECK(site.clean("/?code=a@b.co", Target::page) == "/?code=***");
  CHECK(site.clean("/?code=" + kHex, Target::page) == "/?code=" + kHex);
  CHECK(site.clean("/#/r?xa=1&b=2", Target::page) == "/#/r?b=2");
  Site allowing("safe\nuqkpage\nuqkutm_*\nuqd*");
  CHECK(allowing.clean("/?page=2&utm_id=3&z=4&token=5&word#part", Target::page) == "/?page=2&utm_id=3#part");
  Site masking("safe\nuqkpage\nuqm*");
  CHECK(masking.clean("/?page=2&z=4&word", Target::page) == "/?page=2&z=***&***");
}

TEST_CASE("what stands for the stars of a path's pattern is redacted") {
  Site site("safe\nusm/users/*\nush/o/id-*.x/**\nusd/d/**/z\nusk/keep/*");
  CHECK(site.clean("https://a.test/users/jane?x", Target::page) == "https://a.test/users/***?x");
  CHECK(site.clean("/Users/j%C3%A4ne/", Target::page) == "/Users/***/");
  CHECK(site.clean("/users/jane/orders", Target::page) == "/users/jane/orders");
  CHECK(site.clean("/users/", Target::page) == "/users/");
  CHECK(site.clean("/o/id-7.x/b", Target::page) == "/o/id-*902ba3cda1883801*.x/*e9d71f5ee7c92d6d*");
  CHECK(site.clean("/d/1/2/z", Target::page) == "/d/-/-/z");
  CHECK(site.redactions.dropped == 2);
  CHECK(site.clean("/keep/" + kHex, Target::page) == "/keep/" + kHex);
  CHECK(site.clean("/keep/a@b.co", Target::page) == "/keep/***");
}

TEST_CASE("a fragment is dropped, masked or hashed as a whole where a rule says so") {
  CHECK(Site("safe\npfd").clean("/?a#b", Target::page) == "/?a");
  CHECK(Site("safe\npfm").clean("/?a#b=c&d", Target::page) == "/?a#***");
  CHECK(Site("safe\npfh").clean("/#%37", Target::page) == "/#*902ba3cda1883801*");
  CHECK(Site("safe\npfd").clean("/#", Target::page) == "/#");
  CHECK(Site("safe\npfd").clean("/#b", Target::referrer) == "/#b");
}

TEST_CASE("to drop a find is to drop the parameter, the segment or the text") {
  Site site("safe\nued\nxed\nted\nxjh");
  CHECK(site.clean("https://j@a.test/a@b.co/c?d=a@b.co&e#a@b.co", Target::page) == "https://a.test/-/c?e");
  CHECK(site.clean("Hello a@b.co", Target::title).empty());
  CHECK(site.clean(kJwt + " a@b.co", Target::text).empty());
  CHECK(site.redactions.dropped == 6);
  CHECK(site.clean("x " + kJwt, Target::text).substr(0, 3) == "x *");
}

TEST_CASE("a hash is the same however the value is written") {
  Site site("safe\nueh\nxeh");
  const std::string hash = site.clean("jane@b.co", Target::text);
  CHECK(hash == "*f8022df2cccf52a6*");
  CHECK(site.clean("/?q=jane%40b.co", Target::page) == "/?q=" + hash);
  CHECK(site.redactions.hashed == 2);
}

TEST_CASE("of finds that overlap the first counts, and of those that begin together the longer one") {
  Site site("safe\nxtm\nxcm");
  CHECK(site.clean("4111111111111111-" + kHex, Target::text) == "***");
  CHECK(site.clean(kHex + "@b.co", Target::text) == "***");
  CHECK(site.clean("a@" + kHex + ".co", Target::text) == "***");
  CHECK(site.clean("4111 1111 1111 1111 a@b.co", Target::text) == "*** ***");
}
