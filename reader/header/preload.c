#include "reader/header/preload.h"

#include "reader/header/members.h"
#include "reader/layout.h"

static const struct json_member members[] = {{.name = "asset_id"}, {.name = "slot"}};
static const struct json_table element_table = {.members = members, .count = sizeof members / sizeof members[0]};

enum member { ASSET_ID, SLOT, MEMBER_COUNT };

/* What is known about the elements so far. */
struct preload {
    bool every_id_known; /* so that an id which no row has is really unknown */
    bool taken[PP_BANK_COUNT][READER_SLOT_COUNT];
};

/* slot: its type is entry-type, its range a rule of its own. */
static struct reader_member_verdict read_slot(struct base_bytes header, struct json_token token,
                                              struct reader_preload_row *row)
{
    uint64_t slot = 0;
    struct reader_member_verdict verdict = reader_member_u64(header, token, &slot);
    if (verdict.diagnostic == DIAG_ENTRY_RANGE || (verdict.diagnostic == DIAG_NONE && slot >= READER_SLOT_COUNT)) {
        return reader_member_verdict(DIAG_PRELOAD_SLOT_RANGE, "the slot is outside the bank", READER_SLOTS_TEXT);
    }
    if (verdict.diagnostic == DIAG_NONE) {
        row->slot = (uint8_t)slot;
        row->valid = (uint8_t)(row->valid | READER_PRELOAD_SLOT);
    }
    return verdict;
}

static struct reader_member_verdict read_asset_id(const struct reader_parse *parse, const struct preload *preload,
                                                  struct json_token token, struct reader_preload_row *row)
{
    struct reader_member_verdict verdict = reader_member_i32(parse->header, token, &row->asset_id);
    if (verdict.diagnostic != DIAG_NONE) {
        return verdict;
    }
    row->valid = (uint8_t)(row->valid | READER_PRELOAD_ASSET_ID);
    size_t entry = reader_table_find_id(&parse->builder.table, row->asset_id);
    if (entry != PP_NO_ENTRY) {
        row->entry = (uint32_t)entry;
    } else if (preload->every_id_known) {
        return reader_member_verdict(DIAG_PRELOAD_UNKNOWN_ASSET, "no entry has this asset_id", NULL);
    }
    return verdict;
}

/* Whether the slot is taken already; takes it. Without a known bank there is nothing to ask. */
static bool clashes(const struct reader_table *table, struct preload *preload, const struct reader_preload_row *row)
{
    if ((row->valid & READER_PRELOAD_SLOT) == 0 || row->entry == UINT32_MAX ||
        (table->rows[row->entry].valid & READER_MEMBER_BANK_TYPE) == 0) {
        return false;
    }
    bool *taken = &preload->taken[table->rows[row->entry].bank][row->slot];
    bool clash = *taken;
    *taken = true;
    return clash;
}

static bool read_object(struct reader_parse *parse, struct json_walk *walk, struct json_token open,
                        struct preload *preload, struct reader_preload_row *row)
{
    struct reader_members found;
    struct reader_member_verdict verdicts[MEMBER_COUNT] = {{.diagnostic = DIAG_NONE}};
    if (!reader_members_read(parse, walk, open, &element_table, &found)) {
        return false;
    }
    if (reader_members_have(&found, ASSET_ID)) {
        verdicts[ASSET_ID] = read_asset_id(parse, preload, found.value[ASSET_ID], row);
    }
    if (reader_members_have(&found, SLOT)) {
        verdicts[SLOT] = read_slot(parse->header, found.value[SLOT], row);
    }
    if (clashes(&parse->builder.table, preload, row)) {
        verdicts[SLOT] =
            reader_member_verdict(DIAG_PRELOAD_SLOT_CLASH, "an earlier element has taken this slot of this bank", NULL);
    }
    struct reader_fault where = {
        .entry = -1,
        .preload = (int64_t)parse->builder.table.preload_count,
        .has_asset_id = (row->valid & READER_PRELOAD_ASSET_ID) != 0,
        .asset_id = row->asset_id,
    };
    return reader_members_report(parse, &found, verdicts, &where);
}

/* An element that is not an object still takes a row, so that a row's index is the element's. */
static bool skip_element(struct reader_parse *parse, struct json_walk *walk, struct json_token element)
{
    struct reader_fault where = {.entry = -1, .preload = (int64_t)parse->builder.table.preload_count};
    return reader_members_skip(parse, walk, element, "an element of preload is not an object", &where);
}

static bool every_id_known(const struct reader_table *table)
{
    return table->ids_ascend || table->order_count == table->count;
}

bool reader_parse_preload(struct reader_parse *parse, struct json_walk *walk, bool has_table)
{
    struct preload preload = {.every_id_known = has_table && every_id_known(&parse->builder.table)};
    for (;;) {
        struct json_token element = json_walk_next(walk);
        if (element.kind == JSON_ARRAY_END) {
            return true;
        }
        if (element.kind == JSON_ERROR) {
            return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
        }
        struct reader_preload_row row = {.entry = UINT32_MAX};
        bool goes_on = element.kind == JSON_OBJECT_BEGIN ? read_object(parse, walk, element, &preload, &row)
                                                         : skip_element(parse, walk, element);
        if (!goes_on) {
            return false;
        }
        if (!reader_table_add_preload(&parse->builder, &row)) {
            return reader_parse_stop(parse, READER_HEADER_NO_MEMORY);
        }
    }
}
