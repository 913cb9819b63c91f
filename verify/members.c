#include "verify/examination.h"
#include "verify/grow.h"
#include "verify/outline.h"

#include "base/checked.h"

/* The state of the one pass that judges every member. */
struct pass {
    struct pp_examination *examination;
    bool out_of_memory; /* rows are lost: nothing is judged any more */
};

/* ---- Single members of an entry ---- */

/* One entry while it is judged. */
struct entry {
    struct pp_examination *examination;
    const struct pp_json_token *members;
    struct pp_known *known;
    size_t index;
};

static struct pp_spot spot_of(const struct entry *entry, enum pp_entry_member member)
{
    return (struct pp_spot){
        .at = pp_token_start(entry->members[member]),
        .array = "asset_table",
        .index = entry->index,
        .member = pp_entry_names[member],
        .entry = entry->known,
    };
}

static void tell(const struct entry *entry, enum pp_diagnostic diagnostic, enum pp_entry_member member,
                 const char *expected, const char *text)
{
    struct pp_spot spot = spot_of(entry, member);
    pp_tell(entry->examination, diagnostic, &spot, expected,
            pp_token_bytes(entry->examination->header, entry->members[member]), "%s: %s", pp_entry_names[member], text);
}

static void judge_id(struct entry *entry)
{
    int64_t id;
    if (!pp_token_integer(entry->examination->header, entry->members[PP_ENTRY_ASSET_ID], INT32_MIN, INT32_MAX, &id)) {
        return;
    }
    entry->known->asset_id = (int32_t)id;
    entry->known->flags |= PP_KNOWN_ID;
    if (id < 1) {
        tell(entry, PP_ENTRY_RANGE_EXACT, PP_ENTRY_ASSET_ID, "1 to 2147483647", "the id is below 1");
    }
    const struct pp_known *before = entry->index > 0 ? entry->known - 1 : NULL;
    if (before != NULL && (before->flags & PP_KNOWN_ID) != 0 && entry->known->asset_id < before->asset_id) {
        tell(entry, PP_ID_ORDER, PP_ENTRY_ASSET_ID, NULL, "the id is below the one before it");
    }
}

static bool has_control(struct pp_bytes span)
{
    /* Only an escape can spell a character below U+0020, and U+007F in another way than itself. */
    for (size_t at = 0; at < span.size; at++) {
        if (span.data[at] == 0x7F) {
            return true;
        }
        if (span.data[at] == '\\') {
            size_t length = span.data[at + 1] == 'u' ? 6 : 2;
            uint8_t value[4];
            size_t size = pp_json_unescape(pp_bytes_make(span.data + at, length), value, sizeof value);
            if (size == 1 && (value[0] < 0x20 || value[0] == 0x7F)) {
                return true;
            }
            at += length - 1;
        }
    }
    return false;
}

static void judge_name(struct entry *entry)
{
    struct pp_json_token name = entry->members[PP_ENTRY_ASSET_NAME];
    if (name.kind != PP_JSON_STRING) {
        return;
    }
    entry->known->flags |= PP_KNOWN_NAME;
    entry->known->name_at = (uint32_t)name.begin;
    entry->known->name_size = (uint32_t)(name.end - name.begin);
    if (name.begin == name.end) {
        tell(entry, PP_NAME_EMPTY, PP_ENTRY_ASSET_NAME, NULL, "the name is empty");
    } else if (has_control(pp_json_span(entry->examination->header, name))) {
        tell(entry, PP_NAME_CONTROL, PP_ENTRY_ASSET_NAME, NULL, "the name has a control character");
    }
}

static void judge_bank(struct entry *entry)
{
    for (unsigned bank = 0; bank < PP_BANK_COUNT; bank++) {
        if (pp_token_is(entry->examination->header, entry->members[PP_ENTRY_BANK_TYPE],
                        pp_bank_name((enum pp_bank)bank))) {
            entry->known->flags |= PP_KNOWN_BANK;
            entry->known->bank = (uint8_t)bank;
        }
    }
}

/* offset, size and decoded_size: whether the number can be judged further (4.2.9). usable tells whether the console takes it. */
static bool judge_number(const struct entry *entry, enum pp_entry_member member, uint64_t *value, bool *usable)
{
    *usable = pp_token_unsigned(entry->examination->header, entry->members[member], value);
    if (*usable && *value > (uint64_t)PP_EXACT_MAX) {
        tell(entry, PP_ENTRY_RANGE_EXACT, member, "0 to 9007199254740991", "the integer is beyond 2^53-1");
        return false;
    }
    return *usable;
}

/* ---- Entries ---- */

static bool slice_is_inside(const struct pp_examination *examination, const struct pp_known *known)
{
    /* prelude_stands: payload_offset is inside the file. */
    return pp_range_inside(known->offset, known->size, examination->input.size - examination->prelude.payload_offset);
}

static void judge_entry(struct entry *entry)
{
    struct pp_entry_view view = {
        .known = entry->known,
        .index = entry->index,
        .metadata = {.kind = PP_JSON_END},
        .size = entry->members[PP_ENTRY_SIZE],
        .decoded_size = entry->members[PP_ENTRY_DECODED_SIZE],
    };
    bool offset_usable;
    bool size_usable;
    bool decoded_usable;
    judge_id(entry);
    judge_name(entry);
    judge_bank(entry);
    view.has_decoded_size = judge_number(entry, PP_ENTRY_DECODED_SIZE, &view.decoded_size_value, &decoded_usable);
    bool has_offset = judge_number(entry, PP_ENTRY_OFFSET, &entry->known->offset, &offset_usable);
    view.has_size = judge_number(entry, PP_ENTRY_SIZE, &entry->known->size, &size_usable);
    view.size_value = entry->known->size;
    if (offset_usable && size_usable && slice_is_inside(entry->examination, entry->known)) {
        entry->known->flags |= PP_KNOWN_READABLE;
        entry->known->flags |= has_offset && view.has_size ? PP_KNOWN_SLICE : 0;
    }
    if (entry->members[PP_ENTRY_METADATA].kind == PP_JSON_OBJECT_BEGIN) {
        view.metadata = entry->members[PP_ENTRY_METADATA];
        pp_examine_metadata(entry->examination, &view);
    }
}

void pp_examine_entry(struct pp_examination *examination, struct pp_known *known, size_t index,
                      const struct pp_json_token members[])
{
    struct entry entry = {.examination = examination, .members = members, .known = known, .index = index};
    known->flags = PP_KNOWN_OBJECT;
    judge_entry(&entry);
    examination->report->checked.assets++;
}

static void meet_entry(void *context, size_t index, struct pp_json_token element,
                       const struct pp_json_token members[PP_ENTRY_MEMBERS])
{
    struct pass *pass = context;
    struct pp_examination *examination = pass->examination;
    void *entries = pass->out_of_memory ? NULL
                                        : pp_grow(examination->entries, examination->entry_count,
                                                  &examination->entry_capacity, sizeof *examination->entries);
    if (entries == NULL) {
        pass->out_of_memory = true;
        return;
    }
    examination->entries = entries;
    struct pp_known *known = &examination->entries[examination->entry_count++];
    *known = (struct pp_known){.at = (uint32_t)element.begin};
    if (element.kind == PP_JSON_OBJECT_BEGIN) {
        pp_examine_entry(examination, known, index, members);
    }
}

/* ---- preload and unknown members ---- */

static void meet_preload(void *context, size_t index, struct pp_json_token element,
                         const struct pp_json_token members[PP_PRELOAD_MEMBERS])
{
    struct pass *pass = context;
    struct pp_examination *examination = pass->examination;
    void *preloads = pass->out_of_memory ? NULL
                                         : pp_grow(examination->preloads, examination->preload_count,
                                                   &examination->preload_capacity, sizeof *examination->preloads);
    (void)index;
    (void)element;
    if (preloads == NULL) {
        pass->out_of_memory = true;
        return;
    }
    examination->preloads = preloads;
    struct pp_known_preload *known = &examination->preloads[examination->preload_count++];
    struct pp_json_token slot = members[PP_PRELOAD_MEMBER_SLOT];
    int64_t id = 0;
    *known = (struct pp_known_preload){.asset_id_at = (uint32_t)members[PP_PRELOAD_MEMBER_ASSET_ID].begin};
    known->has_asset_id =
        pp_token_integer(examination->header, members[PP_PRELOAD_MEMBER_ASSET_ID], INT32_MIN, INT32_MAX, &id);
    known->asset_id = (int32_t)id;
    known->has_slot = slot.kind == PP_JSON_NUMBER && slot.integral;
    if (known->has_slot) {
        struct pp_json_integer integer = pp_json_integer(examination->header, slot);
        known->slot = integer.negative ? 0 - integer.magnitude : integer.magnitude;
    }
}

static void meet_unknown(void *context, const char *array, size_t index, struct pp_json_token key,
                         struct pp_json_token value)
{
    struct pass *pass = context;
    struct pp_bytes header = pass->examination->header;
    struct pp_spot spot = {
        .at = pp_token_start(key),
        .array = array,
        .index = index,
        .key = pp_json_span(header, key),
    };
    (void)value;
    pp_tell(pass->examination, PP_HEADER_UNKNOWN_MEMBER, &spot, NULL, pp_token_bytes(header, key),
            "version 1 does not know this member");
}

void pp_examine_members(struct pp_examination *examination)
{
    struct pass pass = {.examination = examination};
    struct pp_outline_visitor visitor = {
        .context = &pass, .entry = meet_entry, .preload = meet_preload, .unknown = meet_unknown};
    struct pp_outline outline = pp_outline_walk(examination->header, &visitor);
    examination->asset_table = outline.asset_table;
    examination->preload = outline.preload;
    if (pass.out_of_memory) {
        /* Rows are lost: nothing may be compared with those that are left. */
        examination->entry_count = 0;
        examination->preload_count = 0;
        examination->asset_table.kind = PP_JSON_END;
        examination->header_stands = false;
        pp_tell_no_memory(&examination->findings, examination->path);
    }
}
