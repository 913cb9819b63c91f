/* What the reader's tests build their packs from. */
#ifndef PRPACK_TESTS_READER_BUILDER_H
#define PRPACK_TESTS_READER_BUILDER_H

#include "tests/lib/pack.h"

enum { LEGACY_BYTES = 24 };

/* A pack whose header is the pattern, with a payload of PAYLOAD_BYTES bytes that count up from 0. */
enum { PAYLOAD_BYTES = 64 };
struct pack pack_build_pattern(const char *pattern);

/* Pieces of patterns. Every payload lies inside PAYLOAD_BYTES. */
#define HEADER(entries) "{'asset_table':[" entries "],'preload':[]}"
#define HEADER_PRELOAD(entries, preload) "{'asset_table':[" entries "],'preload':[" preload "]}"
#define ENTRY_BANK(id, name, bank)                                                                                     \
    "{'asset_id':" id ",'asset_name':'" name "','bank_type':'" bank                                                    \
    "','codec':'NONE','decoded_size':0,'metadata':{},'offset':0,'size':0}"
#define ENTRY(id, name) ENTRY_BANK(id, name, "GLYPH")

#endif
