// The bytes of a segment: a head with marks of what is done, then records.
#ifndef PISTE_NATIVE_JOURNAL_FORMAT_H
#define PISTE_NATIVE_JOURNAL_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include <string_view>

namespace piste::native {

/// Rises when a reader of the former version would misread the new one.
constexpr uint32_t kFormatVersion = 1;

/// The head: 32 bytes of description, 32 of the seal, then the marks: two bytes for each eight rows. A file that
/// compaction has written has a smaller one, with marks for no more rows than there were.
constexpr uint32_t kHeadBytes = 8192;
constexpr uint32_t kSealOffset = 32;
constexpr uint32_t kMarksOffset = 64;
constexpr uint32_t kPartBytes = 32;
/// Of one segment.
constexpr uint32_t kMostRows = (kHeadBytes - kMarksOffset) / 2 * 8;

/// In front of each row: its size and type, index, checksum, and a checksum of these.
constexpr uint32_t kRecordHeadBytes = 16;

/// What describes a segment.
struct Description {
  uint32_t version = kFormatVersion;
  uint32_t head_bytes = kHeadBytes;
  double created_ms = 0;  ///< Unix time. Whole.
};

/// What is known of a segment to which nothing is appended any more.
struct Seal {
  uint32_t rows = 0;                 ///< One more than the last index.
  uint32_t records = 0;              ///< Of these, in the file: compaction leaves out what is done.
  uint32_t head_bytes = kHeadBytes;  ///< Again, in case that the description is damaged.
  double newest_ms = 0;              ///< Unix time of the last append. Whole.
};

/// Both write kPartBytes.
void write_description(const Description& description, char* to);
void write_seal(const Seal& seal, char* to);

/// The head of a file that has so many rows and never gets more.
constexpr uint32_t head_bytes_for(uint32_t rows) { return kMarksOffset + (rows + 7) / 8 * 2; }

/// Both read kPartBytes. False, and no effect, if they are damaged; a segment that is not sealed has a damaged seal.
bool read_description(const char* from, Description& description);
bool read_seal(const char* from, Seal& seal);

/// What stands in front of a row. Types that this version does not know are passed over.
struct RecordHead {
  uint8_t type = 0;
  uint32_t size = 0;   ///< Of the row, without this head.
  uint32_t index = 0;  ///< Of the row in its segment. Rises from record to record, with gaps after compaction.
  uint32_t checksum = 0;
};

constexpr uint8_t kRowType = 1;

/// Writes kRecordHeadBytes for `row`.
void write_record_head(std::string_view row, uint32_t index, char* to);

/// Reads kRecordHeadBytes. False if they are none, or damaged: then the size cannot be trusted.
bool read_record_head(const char* from, RecordHead& head);

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_FORMAT_H
