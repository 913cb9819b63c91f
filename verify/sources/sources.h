/* Payloads against the source files that they were made from. Private to verify/. */
#ifndef PRPACK_VERIFY_SOURCES_SOURCES_H
#define PRPACK_VERIFY_SOURCES_SOURCES_H

#include "verify/payloads/payloads.h"

/* Judges every asset of the record against PROJECT/assets/: source-changed, source-mismatch. Says what it cannot. */
void verify_check_sources(struct verify_examination *examination);

/* One asset while it is compared. */
struct verify_source_asset {
    struct verify_examination *examination;
    const struct verify_entry *known;
    size_t index;
    int root_fd;           /* of the asset root */
    const char *root_path; /* as findings name it */
};

/* What asset.json declares, as far as it is needed here. Strings are owned. */
enum verify_source_format { VERIFY_SOURCE_RAW, VERIFY_SOURCE_GLYPH, VERIFY_SOURCE_SOUND };
struct verify_declared {
    enum verify_source_format format;
    enum pp_bank bank;
    char **paths; /* of all inputs, in recorded order: role by role, in a role in list order */
    size_t path_count;
    size_t first_source; /* index in paths of the first sprite, or of the one source; before it stand palettes */
    size_t capacity;
    char *name;    /* as the declaration spells it between the quotes, escapes and all */
    bool preload;  /* preload.enabled */
    bool has_slot; /* preload.slot is there */
    uint64_t slot;
};

/* Reads ROOT/asset.json. False when it cannot be read or understood, which is told (source-changed or
 * environment-*). */
bool verify_declared_read(const struct verify_source_asset *asset, struct verify_declared *declaration);
void verify_declared_free(struct verify_declared *declaration);

/* source-mismatch: compares name and preload of the pack with what is declared. */
void verify_compare_declaration(const struct verify_source_asset *asset, const struct verify_declared *declared);
/* What was seen of a source, which was found to be what is recorded. */
struct verify_source_seen {
    uint64_t size;
    struct base_hash hash;
};

/* source-mismatch: each compares the payload with what the sources give. They have been found unchanged. */
void verify_compare_raw(const struct verify_source_asset *asset, const char *path,
                        const struct verify_source_seen *seen);
void verify_compare_image(const struct verify_source_asset *asset, const char *const paths[], size_t count);
void verify_compare_sound(const struct verify_source_asset *asset, const char *path);

/* Opens an input and builds its path for findings, which the caller frees. False when that fails, which is told. */
bool verify_source_open(const struct verify_source_asset *asset, const char *path, struct base_file *file,
                        char **shown);

/* Adds a finding about a source file: at is a position in it, or -1. */
__attribute__((format(printf, 5, 6))) void verify_report_source(const struct verify_source_asset *asset,
                                                                enum diag diagnostic, const char *path, int64_t at,
                                                                const char *format, ...);

#endif
