/* The reader's one table of constants of assets-pa-v1.md. Most of them are provisional: no published runtime
 * specification states them. A correction of the contract is one line here. All integers are little endian. */
#ifndef PRPACK_READER_LAYOUT_H
#define PRPACK_READER_LAYOUT_H

/* 1.1: position and width of each field of the prelude. A width is 4 or 8. */
enum {
    READER_PRELUDE_MAGIC_AT = 0,
    READER_PRELUDE_MAGIC_WIDTH = 4,
    READER_PRELUDE_VERSION_AT = 4,
    READER_PRELUDE_VERSION_WIDTH = 4,
    READER_PRELUDE_HEADER_LEN_AT = 8,
    READER_PRELUDE_HEADER_LEN_WIDTH = 4,
    READER_PRELUDE_PAYLOAD_OFFSET_AT = 12,
    READER_PRELUDE_PAYLOAD_OFFSET_WIDTH = 8,
    READER_PRELUDE_FLAGS_AT = 20,
    READER_PRELUDE_FLAGS_WIDTH = 4,
    READER_PRELUDE_RESERVED_AT = 24,
    READER_PRELUDE_RESERVED_WIDTH = 4,
    READER_PRELUDE_CHECKSUM_AT = 28,
    READER_PRELUDE_CHECKSUM_WIDTH = 4,
    /* Bytes of the prelude, and where the header begins. */
    READER_PRELUDE_SIZE = 32
};

#define READER_MAGIC "ASPA"

enum { READER_SCHEMA_VERSION = 1 };

/* 1.1: the least header_len, and the default of the most. */
enum { READER_HEADER_LEN_MIN = 2, READER_DEFAULT_MAX_HEADER = 268435456 };

/* 1.1: the legacy prelude. */
#define READER_MAGIC_LEGACY "PPA1"

enum {
    READER_LEGACY_HEADER_LEN_AT = 8,
    READER_LEGACY_HEADER_LEN_WIDTH = 4,
    READER_LEGACY_PAYLOAD_OFFSET_AT = 12,
    READER_LEGACY_PAYLOAD_OFFSET_WIDTH = 4,
    READER_LEGACY_PRELUDE_SIZE = 24
};

/* 1.2: slots of each bank; not provisional. */
enum { READER_SLOT_COUNT = 16 };
#define READER_SLOTS_TEXT "0 to 15"

/* 2.1: the plane comes first, two pixels a byte; by how many bits the pixel with an even and an odd x is shifted up. */
enum { READER_GLYPH_EVEN_SHIFT = 4, READER_GLYPH_ODD_SHIFT = 0 };

/* 2.2: bytes of one sample. */
enum { READER_SOUND_SAMPLE_BYTES = 2 };

#endif
