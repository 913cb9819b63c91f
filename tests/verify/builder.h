/* Packs, companions and cartridges built field by field, and what the verifier finds in them. Nothing here comes from
 * the writer, and no constant of the format from the reader. */
#ifndef PRPACK_TESTS_VERIFY_BUILDER_H
#define PRPACK_TESTS_VERIFY_BUILDER_H

#include "base/text.h"
#include "tests/lib/pack.h"
#include "verify/verify.h"

/* ---- Entries ---- */

#define ENTRY(id, name, bank, decoded, metadata, offset, size)                                                         \
    "{'asset_id':" id ",'asset_name':" name ",'bank_type':" bank ",'codec':'NONE','decoded_size':" decoded             \
    ",'metadata':" metadata ",'offset':" offset ",'size':" size "}"
#define SCENE(id, name, offset, size) ENTRY(id, "'" name "'", "'SCENE'", size, "{}", offset, size)
#define SHEET(palettes) "{'height':256,'palette_authored':" palettes ",'palette_count':64,'tile_size':8,'width':256}"
#define GLYPH(id, name, metadata, offset) ENTRY(id, "'" name "'", "'GLYPH'", "67584", metadata, offset, "34816")
#define TONE(channels, frames) "{'channels':" channels ",'frames':" frames ",'sample_rate':8000}"
#define SOUND(id, name, metadata, offset, size) ENTRY(id, "'" name "'", "'SOUNDS'", size, metadata, offset, size)

#define HEADER(entries, preload) "{'asset_table':[" entries "],'preload':[" preload "]}"

enum { GLYPH_BYTES = 34816, PLANE_BYTES = 32768, PALETTE_BYTES = 32 };

/* ---- Packs ---- */

/* What a pack is made of; zero means the right value. */
struct plan {
    const char *header; /* pattern */
    size_t payload;     /* bytes of the region: byte i is (i * 7 + 1) & 0xFF, or 0 with `blank` */
    bool blank;
    size_t gap; /* filler between header and region */
    const char *magic;
    uint32_t schema_version;
    uint32_t header_len; /* the real one, unless has_header_len */
    bool has_header_len;
    uint64_t payload_offset; /* 0: header_end + gap */
    uint32_t flags, reserved, checksum;
};

/* The marks of the header are marks of the pack. */
struct pack pack_make(const struct plan *plan);

/* ---- Builds ---- */

enum build_file { ASSETS_PA, ASSET_TABLE, PRELOAD_JSON, METADATA, BUILD_FILES };
extern const char *const build_names[BUILD_FILES];

/* The four artifacts, each in memory of its own, and the marks that replacements have set in them. */
struct build {
    struct base_text files[BUILD_FILES];
    size_t marks[BUILD_FILES][MARKS_MAX];
    size_t mark_counts[BUILD_FILES];
    size_t payload_at;
};

/* The part of an element of `assets` that the pack does not tell, as a pattern without braces: asset_root and the rest
 * in their canonical places. */
struct recorded {
    const char *asset_id;
    const char *root;
    const char *inputs;   /* pattern of the array, or NULL: "[]" */
    const char *pipeline; /* pattern, or NULL */
    const char *tiles;    /* pattern, or NULL */
    bool version_1;       /* of the first one: the document is of version 1 */
    const char *uuid;     /* or NULL: one that serves wherever it does not matter */
    size_t offset, size;  /* of the payload in the region */
};

/* Adds a pattern (tests/lib/pack.h) without marks to a text. */
void add_pattern(struct base_text *text, const char *pattern);

/* Makes all four. The header pattern must be canonical and its preload the last member. */
struct build build_make(const struct plan *plan, const struct recorded *assets, size_t count);
/* asset_table_metadata.json for a pack, hashes and all. */
struct base_text document_make(const struct pack *pack, const struct recorded *assets, size_t count);
void document_rehash(struct base_text *document);
void build_free(struct build *build);
struct verify_build_bytes build_bytes(const struct build *build);
/* Writes the artifacts below unit_directory()/directory. */
void build_write(const struct build *build, const char *directory);

/* Replaces the first occurrence of a pattern (' for "), which must be there. Each ^ of `to` marks a byte of the
 * file. */
void build_replace(struct build *build, enum build_file file, const char *from, const char *to);

/* The build that most tests start from: a SCENE of 16 bytes and a SOUNDS of 8, both preloaded. */
struct build small_build(void);
extern const struct plan small_plan;

/* ---- Findings ---- */

/* All findings of a report in order, one text for each: "id:class ^0 /pointer #asset". A position is the first mark
 * there as ^N, else +N in the payload region of the pack, else @N in the file; "-" when there is none. Pointer and
 * asset are left out where there are none. A file other than assets.pa comes first, as "preload.json: ". Joined by ";
 * ". build may be
 * NULL: then there are neither marks nor a region. */
struct base_text findings_text(const struct verify_report *report, const struct build *build);
/* Only the ids, each once, sorted, joined by blanks. */
struct base_text ids_text(const struct verify_report *report);
const struct base_finding *finding_of(const struct verify_report *report, enum diag diagnostic);

/* Examines a pack in memory, without companions, and compares everything that is found. */
void check_plan(const struct plan *plan, const char *expected, const char *file, unsigned line);
#define CHECK_PLAN(expected, ...) check_plan(&(const struct plan){__VA_ARGS__}, expected, __FILE__, __LINE__)
#define CHECK_HEADER(pattern, payload_size, expected)                                                                  \
    CHECK_PLAN(expected, .header = (pattern), .payload = (payload_size))

/* The same for a build. */
void check_build(const struct build *build, const char *expected, const char *file, unsigned line);
#define CHECK_BUILD(build, expected) check_build(build, expected, __FILE__, __LINE__)

/* build may be NULL: see findings_text. */
void check_findings(const struct verify_report *report, const struct build *build, const char *expected,
                    const char *file, unsigned line);
void check_report(const struct verify_report *report, const char *expected, const char *file, unsigned line);
#define CHECK_REPORT(report, expected) check_report(report, expected, __FILE__, __LINE__)

#endif
