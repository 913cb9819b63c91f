#include "reader/layout.h"
#include "reader/members.h"

static const char *const names[] = {"asset_id", "slot"};

enum member { ASSET_ID, SLOT, MEMBER_COUNT };

/* What is known about the elements so far. */
struct preload {
    bool every_id_known; /* so that an id which no row has is really unknown */
    bool taken[PP_BANK_COUNT][PP_SLOT_COUNT];
};

static struct pp_verdict_of_member verdict(enum pp_diagnostic diagnostic, const char *text, const char *expected)
{
    return (struct pp_verdict_of_member){.diagnostic = diagnostic, .text = text, .expected = expected};
}

/* slot: its type is entry-type, its range a rule of its own. */
static struct pp_verdict_of_member judge_slot(struct pp_bytes header, struct pp_json_token token,
                                              struct pp_preload_row *row)
{
    uint64_t slot = 0;
    struct pp_verdict_of_member judged = pp_member_u64(header, token, &slot);
    if (judged.diagnostic == PP_ENTRY_RANGE || (judged.diagnostic == PP_FINE && slot >= PP_SLOT_COUNT)) {
        return verdict(PP_PRELOAD_SLOT_RANGE, "the slot is outside the bank", "0 to 15");
    }
    if (judged.diagnostic == PP_FINE) {
        row->slot = (uint8_t)slot;
        row->valid = (uint8_t)(row->valid | PP_PRELOAD_SLOT);
    }
    return judged;
}

static struct pp_verdict_of_member judge_asset_id(const struct pp_parse *parse, const struct preload *preload,
                                                  struct pp_json_token token, struct pp_preload_row *row)
{
    struct pp_verdict_of_member judged = pp_member_i32(parse->header, token, &row->asset_id);
    if (judged.diagnostic != PP_FINE) {
        return judged;
    }
    row->valid = (uint8_t)(row->valid | PP_PRELOAD_ASSET_ID);
    size_t entry = pp_table_find_id(&parse->builder.table, row->asset_id);
    if (entry != PP_NO_ENTRY) {
        row->entry = (uint32_t)entry;
    } else if (preload->every_id_known) {
        return verdict(PP_PRELOAD_UNKNOWN_ASSET, "no entry has this asset_id", NULL);
    }
    return judged;
}

/* Whether the slot is taken already; takes it. Without a known bank there is nothing to ask. */
static bool clashes(const struct pp_table *table, struct preload *preload, const struct pp_preload_row *row)
{
    if ((row->valid & PP_PRELOAD_SLOT) == 0 || row->entry == UINT32_MAX ||
        (table->rows[row->entry].valid & PP_MEMBER_BANK_TYPE) == 0) {
        return false;
    }
    bool *taken = &preload->taken[table->rows[row->entry].bank][row->slot];
    bool clash = *taken;
    *taken = true;
    return clash;
}

static bool read_object(struct pp_parse *parse, struct pp_json *json, struct pp_json_token open,
                        struct preload *preload, struct pp_preload_row *row)
{
    struct pp_members members;
    struct pp_verdict_of_member verdicts[MEMBER_COUNT] = {{.diagnostic = PP_FINE}};
    if (!pp_members_read(parse, json, open, names, MEMBER_COUNT, &members)) {
        return false;
    }
    if ((members.present >> ASSET_ID & 1U) != 0) {
        verdicts[ASSET_ID] = judge_asset_id(parse, preload, members.value[ASSET_ID], row);
    }
    if ((members.present >> SLOT & 1U) != 0) {
        verdicts[SLOT] = judge_slot(parse->header, members.value[SLOT], row);
    }
    if (clashes(&parse->builder.table, preload, row)) {
        verdicts[SLOT] = verdict(PP_PRELOAD_SLOT_CLASH, "an earlier element has taken this slot of this bank", NULL);
    }
    struct pp_fault where = {
        .entry = -1,
        .preload = (int64_t)parse->builder.table.preload_count,
        .has_asset_id = (row->valid & PP_PRELOAD_ASSET_ID) != 0,
        .asset_id = row->asset_id,
    };
    return pp_members_report(parse, &members, verdicts, &where);
}

static bool skip_element(struct pp_parse *parse, struct pp_json *json, struct pp_json_token element)
{
    struct pp_json_token last = pp_json_skip(json, element);
    if (last.kind == PP_JSON_ERROR) {
        return pp_parse_stop(parse, PP_HEADER_UNUSABLE);
    }
    element.end = last.end;
    struct pp_fault shape = pp_fault_at(parse->header, PP_HEADER_SHAPE, element, "an element of preload is no object");
    shape.preload = (int64_t)parse->builder.table.preload_count;
    shape.expected = "an object";
    return pp_parse_report(parse, &shape);
}

static bool every_id_known(const struct pp_table *table)
{
    return table->ids_ascend || table->order_count == table->count;
}

bool pp_parse_preload(struct pp_parse *parse, struct pp_json *json, bool has_table)
{
    struct preload preload = {.every_id_known = has_table && every_id_known(&parse->builder.table)};
    for (;;) {
        struct pp_json_token element = pp_json_next(json);
        if (element.kind == PP_JSON_ARRAY_END) {
            return true;
        }
        if (element.kind == PP_JSON_ERROR) {
            return pp_parse_stop(parse, PP_HEADER_UNUSABLE);
        }
        struct pp_preload_row row = {.at = (uint32_t)element.begin, .entry = UINT32_MAX};
        bool goes_on = element.kind == PP_JSON_OBJECT_BEGIN ? read_object(parse, json, element, &preload, &row)
                                                            : skip_element(parse, json, element);
        if (!goes_on) {
            return false;
        }
        if (!pp_table_add_preload(&parse->builder, &row)) {
            return pp_parse_stop(parse, PP_HEADER_NO_MEMORY);
        }
    }
}
