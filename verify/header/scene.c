#include "verify/header/scene.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const names[] = {"decoded_size"};

/* A declaration may have decoded_size in metadata, where it stays visible; both are one number then. */
static void check(const struct verify_entry_view *view, struct verify_bank_member members[])
{
    struct verify_bank_member *declared = &members[0];
    if (declared->token.kind == JSON_END || !view->has_decoded_size) {
        return;
    }
    declared->right = declared->known && declared->value >= 0 && (uint64_t)declared->value == view->decoded_size_value;
    if (!declared->right) {
        char expected[24];
        (void)snprintf(expected, sizeof expected, "%" PRIu64, view->decoded_size_value);
        verify_report_bank_member(view, DIAG_METADATA_DECODED_SIZE, declared, expected,
                                  "decoded_size in metadata is not the decoded_size of the entry");
    }
}

const struct verify_bank verify_scene_bank = {names, sizeof names / sizeof names[0], check};
