// Little-endian numbers, each group with its checksum behind it.
#include "journal/format.h"

#include <string.h>

#include "journal/crc32c.h"

namespace piste::native {
namespace {

constexpr char kMagic[] = "piste\r\n";

void put32(char* to, uint32_t value) {
  for (int i = 0; i < 4; i++) to[i] = static_cast<char>(value >> 8 * i);
}

uint32_t get32(const char* from) {
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) value |= static_cast<uint32_t>(static_cast<uint8_t>(from[i])) << 8 * i;
  return value;
}

/// Whole milliseconds; what is no time becomes 0.
void put_time(char* to, double ms) {
  const bool is_time = ms >= 0 && ms < 9007199254740992.0;
  const uint64_t whole = is_time ? static_cast<uint64_t>(ms) : 0;
  put32(to, static_cast<uint32_t>(whole));
  put32(to + 4, static_cast<uint32_t>(whole >> 32));
}

bool is_head(uint32_t bytes) { return bytes >= kMarksOffset && bytes <= kHeadBytes; }

double get_time(const char* from) { return get32(from) + 4294967296.0 * get32(from + 4); }

void close_part(char* part) { put32(part + kPartBytes - 4, crc32c(part, kPartBytes - 4)); }

bool is_whole(const char* part) { return get32(part + kPartBytes - 4) == crc32c(part, kPartBytes - 4); }

}  // namespace

void write_description(const Description& description, char* to) {
  memset(to, 0, kPartBytes);
  memcpy(to, kMagic, sizeof kMagic);
  put32(to + 8, description.version);
  put32(to + 12, description.head_bytes);
  put_time(to + 16, description.created_ms);
  close_part(to);
}

bool read_description(const char* from, Description& description) {
  if (!is_whole(from) || memcmp(from, kMagic, sizeof kMagic) != 0) return false;
  if (get32(from + 8) == kFormatVersion && !is_head(get32(from + 12))) return false;
  description = {get32(from + 8), get32(from + 12), get_time(from + 16)};
  return true;
}

void write_seal(const Seal& seal, char* to) {
  memset(to, 0, kPartBytes);
  put32(to, seal.rows);
  put32(to + 4, seal.records);
  put_time(to + 8, seal.newest_ms);
  put32(to + 16, seal.head_bytes);
  close_part(to);
}

bool read_seal(const char* from, Seal& seal) {
  if (!is_whole(from) || get32(from) > kMostRows || !is_head(get32(from + 16))) return false;
  seal = {get32(from), get32(from + 4), get32(from + 16), get_time(from + 8)};
  return true;
}

void write_record_head(std::string_view row, uint32_t index, char* to) {
  put32(to, static_cast<uint32_t>(kRowType) << 24 | static_cast<uint32_t>(row.size()));
  put32(to + 4, index);
  put32(to + 8, crc32c(row.data(), row.size()));
  put32(to + 12, crc32c(to, 12));
}

bool read_record_head(const char* from, RecordHead& head) {
  const uint32_t index = get32(from + 4);
  // Before the checksum, since this is what most places of a damaged segment fail at.
  if (index >= kMostRows || get32(from + 12) != crc32c(from, 12)) return false;
  const uint32_t first = get32(from);
  head = {static_cast<uint8_t>(first >> 24), first & 0xFFFFFF, index, get32(from + 8)};
  return true;
}

}  // namespace piste::native
