/* The header as a sequence of entries and preload elements.
 *
 * It takes any text. When the text is not JSON, or does not have the shape of a header, the elements before the first
 * fault are visited. When a member is repeated, the first one counts (4.2.4). Threads: no shared state. */
#ifndef PRPACK_VERIFY_HEADER_OUTLINE_H
#define PRPACK_VERIFY_HEADER_OUTLINE_H

#include "json/object.h"

enum verify_entry_member {
    VERIFY_ENTRY_ASSET_ID,
    VERIFY_ENTRY_ASSET_NAME,
    VERIFY_ENTRY_BANK_TYPE,
    VERIFY_ENTRY_CODEC,
    VERIFY_ENTRY_DECODED_SIZE,
    VERIFY_ENTRY_METADATA,
    VERIFY_ENTRY_OFFSET,
    VERIFY_ENTRY_SIZE,
    VERIFY_ENTRY_MEMBERS
};

enum verify_preload_member { VERIFY_PRELOAD_MEMBER_ASSET_ID, VERIFY_PRELOAD_MEMBER_SLOT, VERIFY_PRELOAD_MEMBERS };

/* The members, in these orders. */
extern const struct json_member verify_entry_members[VERIFY_ENTRY_MEMBERS];
extern const struct json_member verify_preload_members[VERIFY_PRELOAD_MEMBERS];

/* Where the arrays are: whole values; kind JSON_END when the member is missing. */
struct verify_outline {
    struct json_token asset_table;
    struct json_token preload;
};

/* Every function may be NULL. A member that is not there has kind JSON_END; an element that is not an
 * object has no members. */
struct verify_outline_visitor {
    void *context;
    void (*entry)(void *context, size_t index, struct json_token element,
                  const struct json_token members[VERIFY_ENTRY_MEMBERS]);
    void (*preload)(void *context, size_t index, struct json_token element,
                    const struct json_token members[VERIFY_PRELOAD_MEMBERS]);
    /* A member that 1.2 does not list, before the element that has it. array: "asset_table", "preload", or NULL for the
     * root. */
    void (*unknown)(void *context, const char *array, size_t index, struct json_token key, struct json_token value);
};

/* One pass. */
struct verify_outline verify_outline_walk(struct base_bytes header, const struct verify_outline_visitor *visitor);

#endif
