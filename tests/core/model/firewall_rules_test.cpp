// Texts of rules, good and bad; which rule counts; and names in all their spellings.
#include "model/firewall_rules.h"

#include <catch2/catch_test_macros.hpp>

#include "support/texts.h"

using piste::Detector;
using piste::FirewallRules;
using piste::Redaction;
using piste::Status;
using piste::Target;
using tests::text_of;

namespace {

constexpr Target kTargets[] = {Target::page, Target::referrer, Target::link, Target::title, Target::text};

std::string lines(size_t count) {
  std::string text = "safe";
  while (count-- > 0) text += "\nxek";
  return text;
}

/// The pattern that is for a path, and the letter of what becomes of its stars.
std::string pattern_for(const FirewallRules& rules, std::string_view path, Target target = Target::page) {
  piste::Bytes scratch;
  Redaction how = Redaction::none;
  uint32_t count = 0;
  for (piste::Text rest = text_of(path); !rest.empty(); ++count) (void)piste::take_until(rest, '/');
  const std::string pattern = tests::string_of(rules.pattern_for(target, text_of(path), count, scratch, how));
  return pattern.empty() ? pattern : pattern + ' ' + static_cast<char>(how);
}

}  // namespace

TEST_CASE("rules are off until they are set, and when they are set to nothing") {
  FirewallRules rules;
  CHECK_FALSE(rules.is_on());
  REQUIRE(rules.set("safe") == Status::ok);
  CHECK(rules.is_on());
  REQUIRE(rules.set("") == Status::ok);
  CHECK_FALSE(rules.is_on());
}

TEST_CASE("texts that are no rules are refused, and change nothing") {
  FirewallRules rules;
  REQUIRE(rules.set("safe\npeh") == Status::ok);
  const std::string long_name(piste::kMaxFirewallPatternBytes + 1, 'n');
  for (const std::string& text : {
           std::string("Safe"),
           std::string("safe "),
           std::string("pek"),
           std::string("\nsafe"),
           std::string("safe\n\nxek"),
           std::string("safe\nxe"),
           std::string("safe\nzek"),
           std::string("safe\npzk"),
           std::string("safe\npez"),
           std::string("safe\npekx"),
           std::string("safe\npfkx"),
           std::string("safe\nxfk"),
           std::string("safe\ntfk"),
           std::string("safe\npqm"),
           std::string("safe\nxqmname"),
           std::string("safe\npqma*b*"),
           std::string("safe\nxsm/a"),
           std::string("safe\npsm"),
           std::string("safe\npsma/*"),
           std::string("safe\npsm/a*b*"),
           std::string("safe\npsm/***"),
           std::string("safe\npsm/**/a/**"),
           "safe\npqm" + long_name,
           "safe\npsm/" + long_name,
           lines(piste::kMaxFirewallRules + 1),
       }) {
    INFO(text);
    CHECK(rules.set(text_of(text)) == Status::invalid_value);
    CHECK(rules.found(Target::page, Detector::email) == Redaction::hash);
  }
}

TEST_CASE("rules may have as many bytes as the limits say") {
  FirewallRules rules;
  CHECK(rules.set(text_of(lines(piste::kMaxFirewallRules))) == Status::ok);
  const std::string longest = "\npqm" + std::string(piste::kMaxFirewallPatternBytes, 'n');
  std::string text = "safe";
  while (text.size() + longest.size() <= piste::kMaxFirewallBytes) text += longest;
  CHECK(rules.set(text_of(text)) == Status::ok);
  CHECK(rules.set(text_of(text + longest)) == Status::invalid_value);
}

TEST_CASE("by the safe rules e-mail addresses and tokens are masked anywhere, numbers and long tokens in URLs") {
  FirewallRules rules;
  REQUIRE(rules.set("safe") == Status::ok);
  for (const Target target : kTargets) {
    const auto in_url = target < Target::title ? Redaction::mask : Redaction::keep;
    CHECK(rules.found(target, Detector::email) == Redaction::mask);
    CHECK(rules.found(target, Detector::jwt) == Redaction::mask);
    CHECK(rules.found(target, Detector::card) == in_url);
    CHECK(rules.found(target, Detector::token) == in_url);
    CHECK(rules.found(target, Detector::fragment) == Redaction::keep);
  }
}

TEST_CASE("the first rule for a place counts") {
  FirewallRules rules;
  REQUIRE(rules.set("safe\nrek\nueh\nuem\npjd\ntck\nxcm\nxth\nlfd") == Status::ok);
  CHECK(rules.found(Target::page, Detector::email) == Redaction::hash);
  CHECK(rules.found(Target::referrer, Detector::email) == Redaction::keep);
  CHECK(rules.found(Target::link, Detector::email) == Redaction::hash);
  CHECK(rules.found(Target::title, Detector::email) == Redaction::mask);
  CHECK(rules.found(Target::page, Detector::jwt) == Redaction::drop);
  CHECK(rules.found(Target::text, Detector::card) == Redaction::mask);
  CHECK(rules.found(Target::text, Detector::token) == Redaction::hash);
  CHECK(rules.found(Target::link, Detector::fragment) == Redaction::drop);
  CHECK(rules.found(Target::page, Detector::fragment) == Redaction::keep);
}

TEST_CASE("parameters are named in any case, with one star") {
  FirewallRules rules;
  REQUIRE(rules.set("safe\npqdcustomer\nuqkcode\nuqhuser_*\nuqk*") == Status::ok);
  CHECK(rules.named(Target::page, "Customer") == Redaction::drop);
  CHECK(rules.named(Target::link, "customer") == Redaction::keep);
  CHECK(rules.named(Target::page, "user_id") == Redaction::hash);
  CHECK(rules.named(Target::page, "code") == Redaction::keep);
  REQUIRE(rules.set("safe") == Status::ok);
  CHECK(rules.named(Target::page, "customer") == Redaction::none);
}

TEST_CASE("paths have the first pattern that is for all of their segments, decoded") {
  FirewallRules rules;
  REQUIRE(rules.set("safe\npsm/users/*\nush/a/**/z\nusd/users/**\nusk/v*/x") == Status::ok);
  CHECK(pattern_for(rules, "users/1") == "users/* m");
  CHECK(pattern_for(rules, "us%65rs/1") == "users/* m");
  CHECK(pattern_for(rules, "users/1/") == "users/* m");
  CHECK(pattern_for(rules, "users/1/2") == "users/** d");
  CHECK(pattern_for(rules, "users") == "users/** d");
  CHECK(pattern_for(rules, "users/1", Target::link) == "users/** d");
  CHECK(pattern_for(rules, "a/z") == "a/**/z h");
  CHECK(pattern_for(rules, "a/b/c/z") == "a/**/z h");
  CHECK(pattern_for(rules, "a/b/c/z%2f").empty());
  CHECK(pattern_for(rules, "a/b/c/y").empty());
  CHECK(pattern_for(rules, "v2/x") == "v*/x k");
  CHECK(pattern_for(rules, "").empty());
}

TEST_CASE("names of secrets are known in any spelling") {
  for (const piste::Text name :
       {piste::Text("token"),         piste::Text("access_token"),
        piste::Text("accessToken"),   piste::Text("X-CSRF-Token"),
        piste::Text("id_token"),      piste::Text("code"),
        piste::Text("password"),      piste::Text("new-password"),
        piste::Text("user[email]"),   piste::Text("user.email"),
        piste::Text("email[]"),       piste::Text("e-mail"),
        piste::Text("PHPSESSID"),     piste::Text("jsessionid"),
        piste::Text("phone"),         piste::Text("ssn"),
        piste::Text("sid"),           piste::Text("session"),
        piste::Text("client_secret"), piste::Text("pwd"),
        piste::Text("first_name"),    piste::Text("a_very_long_name_that_ends_with_what_counts_email")}) {
    INFO(tests::string_of(name));
    CHECK(piste::is_secret_name(name));
    CHECK_FALSE(piste::is_campaign_name(name));
  }
  for (const piste::Text name : {piste::Text(""), piste::Text("q"), piste::Text("page"), piste::Text("postcode"),
                                 piste::Text("codes"), piste::Text("tokens"), piste::Text("email.id"),
                                 piste::Text("name"), piste::Text("***code"), piste::Text("sort"), piste::Text("id")}) {
    INFO(tests::string_of(name));
    CHECK_FALSE(piste::is_secret_name(name));
  }
}

TEST_CASE("names of campaigns are known") {
  for (const piste::Text name :
       {piste::Text("utm_source"), piste::Text("UTM_Campaign"), piste::Text("gclid"), piste::Text("gad_source"),
        piste::Text("fbclid"), piste::Text("msclkid"), piste::Text("_ga"), piste::Text("_gl"), piste::Text("_sp"),
        piste::Text("li_fat_id")}) {
    CHECK(piste::is_campaign_name(name));
  }
  CHECK_FALSE(piste::is_campaign_name("gclids"));
  CHECK_FALSE(piste::is_campaign_name("source"));
}
