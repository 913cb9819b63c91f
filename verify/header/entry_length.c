#include "verify/header/entry_length.h"

#include "verify/core/findings.h"
#include "verify/core/spelling.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_DECLARATION = 1 << 20 /* workspace.md 1.2 */ };
#define LONGEST_DECLARATION_TEXT "at most 1048576 bytes of asset.json"

/* What every declaration of a bank has: all but the name, metadata, decoded_size, and the hexadecimal digits of the
 * uuid. */
#define DECLARATION(role, format, type)                                                                                \
    "{\"asset_uuid\":\"\",\"inputs\":{\"" role                                                                         \
    "\":[\"a\"]},\"name\":,\"output\":{\"codec\":\"NONE\",\"format\":\"" format                                        \
    "\"},\"preload\":{\"enabled\":true},\"schema_version\":1,\"type\":\"" type "\"}"

/* The shortest declarations of one bank. */
struct declared_bank {
    const char *always;
    const char *const *computed; /* members of metadata that the packer computes; ends with NULL */
};

static const char *const computed_of_glyph[] = {"height", "palette_authored", "palette_count", "width", NULL};
static const char *const computed_of_sound[] = {"channels", "frames", "loop_end", "loop_start", "sample_rate", NULL};
static const char *const computed_of_scene[] = {NULL};

static const struct declared_bank banks[PP_BANK_COUNT] = {
    [PP_BANK_GLYPH] = {DECLARATION("sprites", "GLYPH/indexed_v1", "glyph_bank"), computed_of_glyph},
    [PP_BANK_SOUNDS] = {DECLARATION("sources", "SOUNDS/pcm16le_v1", "sound_bank"), computed_of_sound},
    [PP_BANK_SCENE] = {DECLARATION("sources", "SCENE/raw_v1", "scene_bank"), computed_of_scene},
};

static bool is_one_of(struct base_bytes key, const char *const names[])
{
    size_t i = 0;
    while (names[i] != NULL && !json_equals(key, names[i])) {
        i++;
    }
    return names[i] != NULL;
}

/* The bytes of metadata in a declaration: of the member and its comma. Tells whether it has decoded_size. */
static uint64_t metadata_length(const struct verify_outline *outline, struct json_token metadata,
                                const char *const computed[], bool *has_decoded_size)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    uint64_t members = 0; /* their bytes, each with the comma or brace before it */
    *has_decoded_size = false;
    json_walk_begin_inside(&walk, outline->header, metadata);
    walk.json.task = outline->task;
    while (json_walk_member(&walk, &key, &value)) {
        struct base_bytes name = json_span(outline->header, key);
        if (!is_one_of(name, computed)) {
            members += json_token_bytes(outline->header, key).size + strlen(",:") +
                       json_token_bytes(outline->header, value).size;
        }
        *has_decoded_size = *has_decoded_size || json_equals(name, "decoded_size");
    }
    return members > 0 ? strlen(",\"metadata\":") + members + strlen("}") : 0;
}

/* The bytes of decoded_size in a declaration that needs it, with the comma. *known is whether both sizes are. */
static uint64_t decoded_size_length(struct base_bytes header, const struct json_token members[VERIFY_ENTRY_MEMBERS],
                                    bool *known)
{
    uint64_t size;
    uint64_t decoded_size;
    struct json_token token = members[VERIFY_ENTRY_DECODED_SIZE];
    *known = json_token_unsigned(header, members[VERIFY_ENTRY_SIZE], &size) &&
             json_token_unsigned(header, token, &decoded_size);
    return !*known || decoded_size == size ? 0 : strlen(",\"decoded_size\":") + json_token_bytes(header, token).size;
}

static bool is_preloaded(const struct verify_facts *facts, const struct verify_entry *entry)
{
    bool has_id = (entry->flags & VERIFY_ENTRY_HAS_ID) != 0;
    for (size_t i = 0; has_id && i < facts->preload_count; i++) {
        if (facts->preloads[i].has_asset_id && facts->preloads[i].asset_id == entry->asset_id) {
            return true;
        }
    }
    return false;
}

/* 4.4: the bytes of the shortest declaration; 0: not known. Needs a bank, a name and metadata. */
static uint64_t declaration_length(const struct verify_facts *facts, const struct verify_outline *outline,
                                   const struct json_token members[VERIFY_ENTRY_MEMBERS],
                                   const struct verify_entry *known)
{
    bool sizes_known = true;
    const struct declared_bank *bank = &banks[known->bank];
    bool has_decoded_size;
    uint64_t length = strlen(bank->always) + VERIFY_UUID_LENGTH;
    length += is_preloaded(facts, known) ? 0 : 1;
    length += json_token_bytes(outline->header, members[VERIFY_ENTRY_ASSET_NAME]).size;
    length += metadata_length(outline, members[VERIFY_ENTRY_METADATA], bank->computed, &has_decoded_size);
    if (verify_entry_is_bank(known, PP_BANK_SCENE) && !has_decoded_size) {
        length += decoded_size_length(outline->header, members, &sizes_known);
    }
    return sizes_known ? length : 0;
}

static void check_entry(const struct verify_subject *subject, const struct verify_facts *facts,
                        const struct verify_outline *outline, size_t index, struct verify_sink *sink)
{
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    const struct verify_entry *known = &facts->entries[index];
    struct json_token entry = verify_outline_entry(outline, index, members);
    if ((known->flags & VERIFY_ENTRY_HAS_BANK) == 0 || (known->flags & VERIFY_ENTRY_HAS_NAME) == 0 ||
        members[VERIFY_ENTRY_METADATA].kind != JSON_OBJECT_BEGIN) {
        return;
    }
    uint64_t length = declaration_length(facts, outline, members, known);
    if (length > LONGEST_DECLARATION && !base_task_cancelled(outline->task)) {
        struct verify_spot spot = {.at = entry.begin,
                                   .length = entry.end - entry.begin,
                                   .array = "asset_table",
                                   .index = index,
                                   .entry = known};
        struct base_bytes actual = {.data = NULL};
        verify_report_in_header(subject, sink, DIAG_ENTRY_TOO_LONG, &spot, LONGEST_DECLARATION_TEXT, actual,
                                "the shortest declaration of the entry has %" PRIu64 " bytes", length);
    }
}

void verify_check_entry_lengths(const struct verify_subject *subject, const struct verify_facts *facts,
                                const struct verify_outline *outline, struct verify_sink *sink)
{
    /* What a declaration has beside name and metadata is far less. */
    enum { SHORTEST = LONGEST_DECLARATION / 2 };
    for (size_t i = 0; i < facts->entry_count && !verify_outline_cancelled(outline, i); i++) {
        if (outline->entries.elements[i].end - outline->entries.elements[i].begin > SHORTEST) {
            check_entry(subject, facts, outline, i, sink);
        }
    }
}
