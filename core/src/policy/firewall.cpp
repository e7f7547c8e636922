// What is not changed is copied as it is written: only strings that lose something are written anew.
#include "policy/firewall.h"

#include "base/base64.h"
#include "base/json_escape.h"
#include "base/json_unescape.h"
#include "base/percent.h"

namespace piste {

namespace {

// What a value is: a Target, or one of these.
constexpr uint32_t kNothing = 0;  ///< It is not looked at.
constexpr uint32_t kJson = 0x100;
constexpr uint32_t kBase64 = 0x101;

uint32_t form_of(Text key) {
  if (key == Text("url")) return static_cast<uint32_t>(Target::page);
  if (key == Text("refr")) return static_cast<uint32_t>(Target::referrer);
  if (key == Text("page")) return static_cast<uint32_t>(Target::title);
  if (key == Text("ue_pr") || key == Text("co")) return kJson;
  if (key == Text("ue_px") || key == Text("cx")) return kBase64;
  const bool is_text = starts_with(key, "se_") || starts_with(key, "tr_") || starts_with(key, "ti_");
  return is_text ? static_cast<uint32_t>(Target::text) : kNothing;
}

bool is_space(char character) { return character == ' ' || (character >= '\t' && character <= '\r'); }

/// Whether a string that ends at `end` is the name of a member.
bool is_name(Text json, uint32_t end) {
  do {
    ++end;
  } while (end < json.size && is_space(json[end]));
  return end < json.size && json[end] == ':';
}

}  // namespace

Status Firewall::append(Bytes& out, Text payload, bool query) {
  is_whole_ = true;
  if (query) {
    append_query(out, payload);
  } else {
    append_json(out, payload, true);
  }
  return is_whole_ && out.ok() ? Status::ok : Status::no_memory;
}

void Firewall::append_query(Bytes& out, Text query) {
  while (!query.empty()) {
    const uint32_t size = query.size;
    const Text pair = take_until(query, '&');
    Text encoded = pair;
    const Text name = take_until(encoded, '=');
    const uint32_t form = form_of(name);
    value_.clear();
    clean_value_.clear();
    if (form != kNothing) {
      append_percent_decoded(value_, encoded, false);
      append_value(clean_value_, form, value_.text());
    }
    is_whole_ = is_whole_ && value_.ok() && clean_value_.ok();
    if (value_.text() == clean_value_.text()) {
      out.append(pair);
    } else {
      out.append(name);
      out.push('=');
      append_percent_encoded(out, clean_value_.text());
    }
    if (size - query.size > pair.size) out.push('&');
  }
}

void Firewall::append_json(Bytes& out, Text json, bool is_payload) {
  Bytes& value = is_payload ? value_ : string_;
  Bytes& clean = is_payload ? clean_value_ : clean_string_;
  auto form = static_cast<uint32_t>(Target::text);
  for (uint32_t i = 0; i < json.size;) {
    const uint32_t start = i + index_of(json.part(i, json.size - i), '"');
    out.append(json.part(i, start - i));
    if (start == json.size) return;
    const uint32_t end = json_string_end(json, start + 1);
    const Text inside = json.part(start + 1, end - start - 1);
    i = end < json.size ? end + 1 : end;
    if (is_name(json, end)) {
      if (is_payload) form = form_of(inside);
      out.append(json.part(start, i - start));
      continue;
    }
    value.clear();
    clean.clear();
    if (form != kNothing) {
      append_json_unescaped(value, inside);
      // The schema of what follows.
      if (!is_payload && starts_with(value.text(), "iglu:")) {
        clean.append(value.text());
      } else {
        append_value(clean, form, value.text());
      }
    }
    is_whole_ = is_whole_ && value.ok() && clean.ok();
    out.push('"');
    if (value.text() == clean.text()) {
      out.append(inside);
    } else {
      append_json_escaped(out, clean.text());
    }
    if (end < json.size) out.push('"');
  }
}

void Firewall::append_value(Bytes& out, uint32_t form, Text value) {
  if (form == kJson) return append_json(out, value, false);
  if (form != kBase64) return append_redacted(out, value, static_cast<Target>(form));
  decoded_.clear();
  clean_json_.clear();
  append_base64url_decoded(decoded_, value);
  append_json(clean_json_, decoded_.text(), false);
  is_whole_ = is_whole_ && decoded_.ok() && clean_json_.ok();
  if (decoded_.text() == clean_json_.text()) return out.append(value);
  append_base64url(out, clean_json_.text());
}

void Firewall::append_redacted(Bytes& out, Text value, Target target) {
  is_whole_ = redactor_.append(out, value, target) && is_whole_;
}

}  // namespace piste
