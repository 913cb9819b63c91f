/* The files beside the pack: assets-pa-v1.md section 3. Private to verify/. */
#ifndef PRPACK_VERIFY_COMPANIONS_COMPANIONS_H
#define PRPACK_VERIFY_COMPANIONS_COMPANIONS_H

#include "verify/core/examination.h"

/* One companion, opened or not. */
struct verify_companion {
    const char *name; /* such as "preload.json"; static */
    char *path;       /* as findings name it */
    struct base_file file;
    struct verify_file input;
    bool present; /* input can be read */
};

enum verify_companion_kind {
    VERIFY_COMPANION_TABLE,
    VERIFY_COMPANION_PRELOAD,
    VERIFY_COMPANION_METADATA,
    VERIFY_COMPANIONS
};

struct verify_companions {
    struct verify_companion files[VERIFY_COMPANIONS];
};

/* Opens the three companions of a directory. What cannot be opened is a finding: companion-missing,
 * environment-read. */
void verify_companions_open(struct verify_companions *companions, const char *directory,
                            struct base_findings *findings);
/* Takes them from memory, which the caller lends; NULL data is a missing one. */
void verify_companions_lend(struct verify_companions *companions, const struct verify_build_bytes *build,
                            struct base_findings *findings);
void verify_companions_close(struct verify_companions *companions);

/* Judges all three. What asset_table_metadata.json records is left in examination->record. */
void verify_check_companions(struct verify_examination *examination, const struct verify_companions *companions);

/* companion-syntax: whether the text is canonical JSON. Only its first fault is reported. */
bool verify_companion_is_canonical(struct base_findings *findings, const char *path, struct base_bytes text);

/* asset_table.json or preload.json against the header's array: bytes first, then member by member. */
void verify_check_mirror(struct verify_examination *examination, const struct verify_companion *companion,
                         struct json_token array, enum diag mismatch);

#endif
