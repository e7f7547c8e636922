// The checksum of the journal: CRC-32C (Castagnoli), as in RFC 3720, appendix B.4.
#ifndef PISTE_NATIVE_JOURNAL_CRC32C_H
#define PISTE_NATIVE_JOURNAL_CRC32C_H

#include <stddef.h>
#include <stdint.h>

namespace piste::native {

/// By the processor's own instruction where it has one, else by table.
uint32_t crc32c(const void* bytes, size_t size);

/// By table, on every processor.
uint32_t crc32c_by_table(const void* bytes, size_t size);

}  // namespace piste::native

#endif  // PISTE_NATIVE_JOURNAL_CRC32C_H
