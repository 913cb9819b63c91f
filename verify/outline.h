/* The header as a sequence of entries and preload elements, for those who look at each in turn.
 *
 * It takes any text: of one that is not JSON, or not of the header's shape, it shows what stands before the first fault.
 * Of a repeated member the first counts (4.2.4). Threads: no shared state. */
#ifndef PRPACK_VERIFY_OUTLINE_H
#define PRPACK_VERIFY_OUTLINE_H

#include "verify/tokens.h"

enum pp_entry_member {
    PP_ENTRY_ASSET_ID,
    PP_ENTRY_ASSET_NAME,
    PP_ENTRY_BANK_TYPE,
    PP_ENTRY_CODEC,
    PP_ENTRY_DECODED_SIZE,
    PP_ENTRY_METADATA,
    PP_ENTRY_OFFSET,
    PP_ENTRY_SIZE,
    PP_ENTRY_MEMBERS
};

enum pp_preload_member { PP_PRELOAD_MEMBER_ASSET_ID, PP_PRELOAD_MEMBER_SLOT, PP_PRELOAD_MEMBERS };

/* The names of the members, in these orders. */
extern const char *const pp_entry_names[PP_ENTRY_MEMBERS];
extern const char *const pp_preload_names[PP_PRELOAD_MEMBERS];

/* Where the arrays stand: whole values; kind PP_JSON_END when the member is missing. */
struct pp_outline {
    struct pp_json_token asset_table;
    struct pp_json_token preload;
};

/* Every function may be NULL. A member that is not there has kind PP_JSON_END; an element that is no object has none. */
struct pp_outline_visitor {
    void *context;
    void (*entry)(void *context, size_t index, struct pp_json_token element,
                  const struct pp_json_token members[PP_ENTRY_MEMBERS]);
    void (*preload)(void *context, size_t index, struct pp_json_token element,
                    const struct pp_json_token members[PP_PRELOAD_MEMBERS]);
    /* A member that 1.2 does not list, before the element that has it. array: "asset_table", "preload", or NULL for the root. */
    void (*unknown)(void *context, const char *array, size_t index, struct pp_json_token key,
                    struct pp_json_token value);
};

/* One pass. */
struct pp_outline pp_outline_walk(struct pp_bytes header, const struct pp_outline_visitor *visitor);

#endif
