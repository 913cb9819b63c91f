/* asset.json, as far as the verifier needs it: a second reading, independent of workspace/. */
#ifndef PRPACK_VERIFY_SOURCES_DECLARATION_H
#define PRPACK_VERIFY_SOURCES_DECLARATION_H

#include "verify/sources/source.h"

/* What asset.json declares, as far as it is needed here. Strings are owned. */
enum verify_source_format { VERIFY_SOURCE_RAW, VERIFY_SOURCE_GLYPH, VERIFY_SOURCE_SOUND };
struct verify_declared {
    enum verify_source_format format;
    enum pp_bank bank;
    char **paths; /* of all inputs, in recorded order: role by role, in a role in list order */
    size_t path_count;
    size_t first_source; /* index in paths of the first sprite, or of the one source; before it come palettes */
    size_t capacity;
    char *name;    /* as the declaration spells it between the quotes, escapes and all */
    bool preload;  /* preload.enabled */
    bool has_slot; /* preload.slot is there */
    uint64_t slot;
};

/* Reads ROOT/asset.json. False when it cannot be read or understood, which is reported (source-changed or
 * environment-*). */
bool verify_declared_read(const struct verify_source_asset *asset, struct verify_declared *declaration);
void verify_declared_free(struct verify_declared *declaration);

#endif
