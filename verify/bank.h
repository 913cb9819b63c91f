/* The integer members that a bank asks of metadata: assets-pa-v1.md 2.1, 2.2. Private to verify/. */
#ifndef PRPACK_VERIFY_BANK_H
#define PRPACK_VERIFY_BANK_H

#include "verify/examination.h"

struct pp_bank_member {
    const char *name; /* has no character that JSON or a pointer would escape */
    struct pp_json_token token;
    bool known; /* an integer within ±(2^53-1) */
    bool right; /* and what the bank asks */
    int64_t value;
};

/* Looks the named members up; right stays false. */
void pp_bank_read(const struct pp_examination *examination, const struct pp_entry_view *view,
                  struct pp_bank_member members[], size_t count);

/* Adds a finding about a member that is not right, unless metadata-float or entry-range-exact has it already. */
void pp_bank_tell(struct pp_examination *examination, const struct pp_entry_view *view, enum pp_diagnostic diagnostic,
                  const struct pp_bank_member *member, const char *expected, const char *text);

/* Adds a finding about size or decoded_size. */
void pp_bank_tell_size(struct pp_examination *examination, const struct pp_entry_view *view,
                       enum pp_diagnostic diagnostic, bool decoded, uint64_t expected);

/* The rules of a bank, and the facts that they leave in view->known. */
void pp_examine_glyph(struct pp_examination *examination, const struct pp_entry_view *view);
void pp_examine_sound(struct pp_examination *examination, const struct pp_entry_view *view);

#endif
