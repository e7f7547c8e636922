// Page views: when the id changes, and what pings repeat.
#include "model/page.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::Moment;
using piste::Page;
using tests::string_of;

namespace {

Moment moment_of(uint8_t fill) {
  Moment now{0, 0, {}};
  memset(now.entropy, fill, sizeof now.entropy);
  return now;
}

}  // namespace

TEST_CASE("events before the first page view share its id") {
  Page page;
  const std::string id = string_of(page.id(moment_of(1)));
  CHECK(id.size() == 36);
  CHECK(string_of(page.id(moment_of(2))) == id);
  CHECK(page.begin_view("", "", moment_of(3)));
  CHECK(string_of(page.id(moment_of(4))) == id);
}

TEST_CASE("each further page view has an id of its own") {
  Page page;
  CHECK(page.begin_view("", "", moment_of(1)));
  const std::string first = string_of(page.id(moment_of(2)));
  CHECK(page.begin_view("", "", moment_of(3)));
  const std::string second = string_of(page.id(moment_of(4)));
  CHECK(page.begin_view("", "", moment_of(5)));
  CHECK(first != second);
  CHECK(string_of(page.id(moment_of(6))) != second);
}

TEST_CASE("the id of a page view is not that of the event made of the same entropy") {
  Page page;
  const Moment now = moment_of(9);
  CHECK(string_of(page.id(now)) != string_of(piste::make_uuid(now.entropy).text()));
}

TEST_CASE("an id that is forgotten gives way to a new one, which the page view and its pings have from there on") {
  Page page;
  CHECK(page.begin_view("Title", "{}", moment_of(1)));
  const std::string first = string_of(page.id(moment_of(2)));
  page.forget_id();
  const std::string second = string_of(page.id(moment_of(3)));
  CHECK(second != first);
  CHECK(string_of(page.id(moment_of(4))) == second);
  CHECK(string_of(page.title()) == "Title");
  CHECK(string_of(page.entities()) == "{}");
  CHECK(page.begin_view("", "", moment_of(5)));
  CHECK(string_of(page.id(moment_of(6))) != second);
}

TEST_CASE("an id that is forgotten before there is one changes nothing") {
  Page page;
  page.forget_id();
  const std::string id = string_of(page.id(moment_of(1)));
  CHECK(id.size() == 36);
  CHECK(page.begin_view("", "", moment_of(2)));
  CHECK(string_of(page.id(moment_of(3))) == id);
}

TEST_CASE("title and entities last until the next page view, the title no longer than the document's") {
  Page page;
  CHECK(page.title().empty());
  CHECK(page.entities().empty());
  CHECK(page.begin_view("One", "{}", moment_of(1)));
  CHECK(string_of(page.title()) == "One");
  CHECK(string_of(page.entities()) == "{}");
  page.drop_title();
  CHECK(page.title().empty());
  CHECK(string_of(page.entities()) == "{}");
  CHECK(page.begin_view("", "", moment_of(2)));
  CHECK(page.title().empty());
  CHECK(page.entities().empty());
}

TEST_CASE("an id that the host gives is the id until it is taken back") {
  Page page;
  CHECK(page.give_id("given"));
  CHECK(string_of(page.id(moment_of(1))) == "given");
  CHECK(page.begin_view("", "", moment_of(2)));
  page.forget_id();
  CHECK(string_of(page.id(moment_of(3))) == "given");
  CHECK_FALSE(page.give_id("a\"b"));
  CHECK(page.give_id(""));
  CHECK(string_of(page.id(moment_of(4))).size() == 36);
}

TEST_CASE("a custom title is that of each page view that has none, and of its pings") {
  Page page;
  CHECK(page.set_custom_title("Custom"));
  CHECK(string_of(page.title()) == "Custom");
  CHECK(page.begin_view("", "", moment_of(1)));
  page.take_ping();
  CHECK(page.begin_view("", "", moment_of(2)));
  CHECK(string_of(page.title()) == "Custom");
  CHECK(page.begin_view("Own", "", moment_of(3)));
  CHECK(string_of(page.title()) == "Own");
  CHECK(page.begin_view("", "", moment_of(4)));
  CHECK(string_of(page.title()).empty());
}

TEST_CASE("a ping after the document's title changed ends a custom title; a page view before it does not") {
  Page page;
  CHECK(page.set_custom_title("Custom"));
  page.drop_title();
  CHECK(page.begin_view("", "", moment_of(1)));
  page.take_ping();
  CHECK(string_of(page.title()) == "Custom");
  page.drop_title();
  page.take_ping();
  CHECK(string_of(page.title()).empty());
  CHECK(page.begin_view("", "", moment_of(2)));
  CHECK(string_of(page.title()).empty());
}
