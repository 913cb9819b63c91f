#include "verify/header/members.h"

#include "base/checked.h"
#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/header/metadata.h"

#include <stdlib.h>
#include <string.h>

/* ---- Single members of an entry ---- */

/* One entry while it is checked. */
struct entry {
    const struct verify_subject *subject;
    const struct verify_facts *facts;
    struct verify_sink *sink;
    const struct json_token *members;
    struct verify_entry *known;
    size_t index;
};

static struct verify_spot spot_of(const struct entry *entry, enum verify_entry_member member)
{
    return (struct verify_spot){
        .at = json_token_start(entry->members[member]),
        .array = "asset_table",
        .index = entry->index,
        .member = verify_entry_members[member].name,
        .entry = entry->known,
    };
}

static void report_member(const struct entry *entry, enum diag diagnostic, enum verify_entry_member member,
                          const char *expected, const char *text)
{
    struct verify_spot spot = spot_of(entry, member);
    verify_report_in_header(entry->subject, entry->sink, diagnostic, &spot, expected,
                            json_token_bytes(entry->facts->header, entry->members[member]), "%s", text);
}

static void check_id(struct entry *entry)
{
    int64_t id;
    if (!json_token_integer(entry->facts->header, entry->members[VERIFY_ENTRY_ASSET_ID], INT32_MIN, INT32_MAX, &id)) {
        return;
    }
    entry->known->asset_id = (int32_t)id;
    entry->known->flags |= VERIFY_ENTRY_HAS_ID;
    if (id < 1) {
        report_member(entry, DIAG_ENTRY_RANGE_EXACT, VERIFY_ENTRY_ASSET_ID, "1 to 2147483647", "the id is below 1");
    }
    const struct verify_entry *before = entry->index > 0 ? entry->known - 1 : NULL;
    if (before != NULL && (before->flags & VERIFY_ENTRY_HAS_ID) != 0 && entry->known->asset_id < before->asset_id) {
        report_member(entry, DIAG_ID_ORDER, VERIFY_ENTRY_ASSET_ID, NULL, "the id is below the one before it");
    }
}

/* Whether an escape in the span is a control character. */
static bool has_control_escape(struct base_bytes span, struct base_task *task)
{
    size_t round = 0;
    for (size_t at = 0; at < span.size && !base_task_cancelled_in(task, ++round); at++) {
        if (span.data[at] == '\\') {
            size_t length = span.data[at + 1] == 'u' ? 6 : 2;
            uint8_t value[4];
            size_t size = json_unescape(base_bytes_make(span.data + at, length), value, sizeof value);
            if (size == 1 && (value[0] < 0x20 || value[0] == 0x7F)) {
                return true;
            }
            at += length - 1;
        }
    }
    return false;
}

/* Only an escape can spell a character below U+0020, and U+007F in another way than itself. */
static bool has_control(struct base_bytes header, struct json_token name, struct base_task *task)
{
    struct base_bytes span = json_span(header, name);
    return (span.size > 0 && memchr(span.data, 0x7F, span.size) != NULL) ||
           (name.escaped && has_control_escape(span, task));
}

static void check_name(struct entry *entry)
{
    struct json_token name = entry->members[VERIFY_ENTRY_ASSET_NAME];
    if (name.kind != JSON_STRING) {
        return;
    }
    entry->known->flags |= VERIFY_ENTRY_HAS_NAME;
    entry->known->name_at = (uint32_t)name.begin;
    entry->known->name_size = (uint32_t)(name.end - name.begin);
    if (name.begin == name.end) {
        report_member(entry, DIAG_NAME_EMPTY, VERIFY_ENTRY_ASSET_NAME, NULL, "the name is empty");
    } else if (has_control(entry->facts->header, name, entry->subject->options->task)) {
        report_member(entry, DIAG_NAME_CONTROL, VERIFY_ENTRY_ASSET_NAME, NULL, "the name has a control character");
    }
}

static void read_bank(struct entry *entry)
{
    for (unsigned bank = 0; bank < PP_BANK_COUNT; bank++) {
        if (json_token_is(entry->facts->header, entry->members[VERIFY_ENTRY_BANK_TYPE],
                          pp_bank_name((enum pp_bank)bank))) {
            entry->known->flags |= VERIFY_ENTRY_HAS_BANK;
            entry->known->bank = (uint8_t)bank;
        }
    }
}

/* offset, size and decoded_size. Returns whether the number is exact, so that it can be checked further (4.2.9);
 * *usable is whether the console accepts it. */
static bool check_number(const struct entry *entry, enum verify_entry_member member, uint64_t *value, bool *usable)
{
    *usable = json_token_unsigned(entry->facts->header, entry->members[member], value);
    if (*usable && *value > (uint64_t)JSON_EXACT_MAX) {
        report_member(entry, DIAG_ENTRY_RANGE_EXACT, member, "0 to " VERIFY_EXACT_MAX_TEXT,
                      "the integer is beyond 2^53-1");
        return false;
    }
    return *usable;
}

/* ---- Entries ---- */

static bool slice_is_inside(const struct entry *entry)
{
    /* The prelude is valid, so payload_offset is inside the file. */
    return base_range_inside(entry->known->offset, entry->known->size,
                             entry->subject->input.size - entry->facts->prelude.payload_offset);
}

static void check_entry(struct entry *entry)
{
    struct verify_entry_view view = {
        .subject = entry->subject,
        .header = entry->facts->header,
        .sink = entry->sink,
        .known = entry->known,
        .index = entry->index,
        .metadata = {.kind = JSON_END},
        .size = entry->members[VERIFY_ENTRY_SIZE],
        .decoded_size = entry->members[VERIFY_ENTRY_DECODED_SIZE],
    };
    bool offset_usable;
    bool size_usable;
    bool decoded_usable;
    check_id(entry);
    check_name(entry);
    read_bank(entry);
    view.has_decoded_size = check_number(entry, VERIFY_ENTRY_DECODED_SIZE, &view.decoded_size_value, &decoded_usable);
    bool has_offset = check_number(entry, VERIFY_ENTRY_OFFSET, &entry->known->offset, &offset_usable);
    view.has_size = check_number(entry, VERIFY_ENTRY_SIZE, &entry->known->size, &size_usable);
    view.size_value = entry->known->size;
    if (offset_usable && size_usable && slice_is_inside(entry)) {
        entry->known->flags |= VERIFY_ENTRY_IS_INSIDE;
        entry->known->flags |= has_offset && view.has_size ? VERIFY_ENTRY_HAS_SLICE : 0;
    }
    if (entry->members[VERIFY_ENTRY_METADATA].kind == JSON_OBJECT_BEGIN) {
        view.metadata = entry->members[VERIFY_ENTRY_METADATA];
        verify_check_metadata(&view);
    }
}

static void check_element(const struct verify_subject *subject, const struct verify_facts *facts,
                          const struct verify_outline *outline, size_t index, struct verify_sink *sink)
{
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    struct entry entry = {
        .subject = subject,
        .facts = facts,
        .sink = sink,
        .members = members,
        .known = &facts->entries[index],
        .index = index,
    };
    if (verify_outline_entry(outline, index, members).kind == JSON_OBJECT_BEGIN) {
        check_entry(&entry);
        sink->checked.assets++;
    }
}

/* ---- preload and unknown members ---- */

static void read_preload(const struct verify_facts *facts, const struct verify_outline *outline, size_t index)
{
    struct verify_preload *known = &facts->preloads[index];
    struct json_token members[VERIFY_PRELOAD_MEMBERS];
    (void)verify_outline_preload(outline, index, members);
    struct json_token slot = members[VERIFY_PRELOAD_MEMBER_SLOT];
    int64_t id = 0;
    known->asset_id_at = (uint32_t)members[VERIFY_PRELOAD_MEMBER_ASSET_ID].begin;
    known->has_asset_id =
        json_token_integer(facts->header, members[VERIFY_PRELOAD_MEMBER_ASSET_ID], INT32_MIN, INT32_MAX, &id);
    known->asset_id = (int32_t)id;
    known->has_slot = slot.kind == JSON_NUMBER && slot.integral;
    if (known->has_slot) {
        int64_t value;
        bool in_range = json_token_integer(facts->header, slot, 0, READER_SLOT_COUNT - 1, &value);
        known->slot = in_range ? (uint64_t)value : VERIFY_NO_SLOT;
    }
}

static void report_unknown(const struct verify_subject *subject, const struct verify_outline *outline,
                           const struct verify_outline_unknown *unknown, struct verify_sink *sink)
{
    static const char *const arrays[] = {
        [VERIFY_OUTLINE_ROOT] = NULL, [VERIFY_OUTLINE_ENTRIES] = "asset_table", [VERIFY_OUTLINE_PRELOAD] = "preload"};
    struct json_token key = {.kind = JSON_KEY, .begin = unknown->key_begin, .end = unknown->key_end};
    struct verify_spot spot = {
        .at = json_token_start(key),
        .array = arrays[unknown->array_id],
        .index = unknown->index,
        .key = json_span(outline->header, key),
    };
    verify_report_in_header(subject, sink, DIAG_HEADER_UNKNOWN_MEMBER, &spot, NULL,
                            json_token_bytes(outline->header, key), "version 1 does not know this member");
}

/* ---- All of it ---- */

/* Findings are in the order of the text, but unknown members come before the other findings of their entry. */
static void check_elements(const struct verify_subject *subject, const struct verify_facts *facts,
                           const struct verify_outline *outline, struct verify_sink *sink)
{
    size_t next = 0;
    for (size_t i = 0; i < facts->entry_count && !verify_outline_cancelled(outline, i); i++) {
        while (next < outline->unknown_count && outline->unknown[next].key_begin < outline->entries.elements[i].end) {
            report_unknown(subject, outline, &outline->unknown[next++], sink);
        }
        check_element(subject, facts, outline, i, sink);
    }
    while (next < outline->unknown_count && !base_task_cancelled_in(outline->task, next)) {
        report_unknown(subject, outline, &outline->unknown[next++], sink);
    }
    for (size_t i = 0; i < facts->preload_count && !base_task_cancelled_in(outline->task, i); i++) {
        read_preload(facts, outline, i);
    }
}

bool verify_check_members(const struct verify_subject *subject, struct verify_facts *facts,
                          const struct verify_outline *outline, struct verify_sink *sink)
{
    facts->entries = calloc(outline->entries.count + 1, sizeof *facts->entries);
    facts->preloads = calloc(outline->preload.count + 1, sizeof *facts->preloads);
    if (facts->entries == NULL || facts->preloads == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return false;
    }
    facts->entry_count = outline->entries.count;
    facts->preload_count = outline->preload.count;
    facts->asset_table = outline->entries.whole;
    facts->preload = outline->preload.whole;
    check_elements(subject, facts, outline, sink);
    return true;
}
