/* The files beside the pack: assets-pa-v1.md section 3. Private to verify/. */
#ifndef PRPACK_VERIFY_COMPANION_H
#define PRPACK_VERIFY_COMPANION_H

#include "verify/examination.h"

/* One companion, opened or not. */
struct pp_companion {
    const char *name; /* such as "preload.json"; static */
    char *path;       /* as findings name it */
    struct pp_file file;
    struct pp_input input;
    bool present; /* input can be read */
};

enum pp_companion_kind { PP_COMPANION_TABLE, PP_COMPANION_PRELOAD, PP_COMPANION_METADATA, PP_COMPANIONS };

struct pp_companions {
    struct pp_companion files[PP_COMPANIONS];
};

/* Opens the three companions of a directory. What cannot be opened is a finding: companion-missing, environment-read. */
void pp_companions_open(struct pp_companions *companions, const char *directory, struct pp_findings *findings);
/* Takes them from memory, which the caller lends; NULL data is a missing one. */
void pp_companions_lend(struct pp_companions *companions, const struct pp_build_bytes *build,
                        struct pp_findings *findings);
void pp_companions_close(struct pp_companions *companions);

/* Judges all three. What asset_table_metadata.json records is left in examination->record. */
void pp_examine_companions(struct pp_examination *examination, const struct pp_companions *companions);

/* companion-syntax: whether the text is canonical JSON. Only its first fault is reported. */
bool pp_companion_is_canonical(struct pp_findings *findings, const char *path, struct pp_bytes text);

/* asset_table.json or preload.json against the header's array: bytes first, then member by member. */
void pp_examine_mirror(struct pp_examination *examination, const struct pp_companion *companion,
                       struct pp_json_token array, enum pp_diagnostic mismatch);

#endif
