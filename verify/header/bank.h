/* The integer members that a bank asks of metadata: assets-pa-v1.md 2.1, 2.2. Private to verify/. */
#ifndef PRPACK_VERIFY_HEADER_BANK_H
#define PRPACK_VERIFY_HEADER_BANK_H

#include "verify/core/examination.h"

struct verify_bank_member {
    const char *name; /* has no character that JSON or a pointer would escape */
    struct json_token token;
    bool known; /* an integer within ±(2^53-1) */
    bool right; /* and what the bank asks */
    int64_t value;
};

/* Looks the named members up; right stays false. */
void verify_bank_read(const struct verify_examination *examination, const struct verify_entry_view *view,
                      struct verify_bank_member members[], size_t count);

/* Adds a finding about a member that is not right, unless metadata-float or entry-range-exact has it already. */
void verify_report_bank_member(struct verify_examination *examination, const struct verify_entry_view *view,
                               enum diag diagnostic, const struct verify_bank_member *member, const char *expected,
                               const char *text);

/* Adds a finding about size or decoded_size. */
void verify_report_bank_size(struct verify_examination *examination, const struct verify_entry_view *view,
                             enum diag diagnostic, bool decoded, uint64_t expected);

/* The rules of a bank, and the facts that they leave in view->known. */
void verify_check_glyph(struct verify_examination *examination, const struct verify_entry_view *view);
void verify_check_sound(struct verify_examination *examination, const struct verify_entry_view *view);

#endif
