#include "verify/header/list.h"

#include "verify/core/compact.h"
#include "verify/core/findings.h"

#include <stdlib.h>
#include <string.h>

/* Lists what a header says, right or wrong: spellings as they are. */
struct listing {
    struct base_task *task; /* or NULL */
    struct verify_report *report;
    struct base_bytes header;
    bool out_of_memory; /* rows or texts are lost */
};

static size_t at_most(size_t count, size_t most)
{
    return count < most ? count : most;
}

/* Room in the report for a string and its NUL, or NULL. */
static char *room_for(struct listing *listing, size_t size)
{
    char *room = base_strings_room(&listing->report->strings, size);
    listing->out_of_memory = listing->out_of_memory || room == NULL;
    return room;
}

/* A name may be as long as the header, so it is copied in pieces. */
static const char *keep(struct listing *listing, struct base_bytes bytes)
{
    enum { PIECE = 1 << 20 };
    char *string = room_for(listing, bytes.size);
    if (string == NULL) {
        return NULL;
    }
    size_t at = 0;
    while (at < bytes.size && (at == 0 || !base_task_cancelled(listing->task))) {
        size_t size = at_most(bytes.size - at, PIECE);
        memcpy(string + at, bytes.data + at, size);
        at += size;
    }
    string[at] = '\0';
    return string;
}

static const char *copy_string(struct listing *listing, struct json_token token)
{
    if (token.kind != JSON_STRING) {
        return NULL;
    }
    if (!token.escaped) {
        return keep(listing, json_span(listing->header, token));
    }
    char *value = json_token_long_string(listing->header, token, listing->task);
    const char *string = value != NULL ? keep(listing, base_bytes_of_string(value)) : NULL;
    listing->out_of_memory = listing->out_of_memory || string == NULL;
    free(value);
    return string;
}

/* A bank or codec: the names that the console knows are not copied. */
static const char *copy_term(struct listing *listing, struct json_token token)
{
    static const char *const known[] = {"NONE", "GLYPH", "SOUNDS", "SCENE"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (json_token_is(listing->header, token, known[i])) {
            return known[i];
        }
    }
    return copy_string(listing, token);
}

static const char *copy_object(struct listing *listing, struct json_token token)
{
    if (token.kind != JSON_OBJECT_BEGIN) {
        return NULL;
    }
    struct base_bytes json = json_span(listing->header, token);
    char *string = room_for(listing, json.size);
    if (string != NULL) {
        size_t size = verify_compact(json, string, listing->task);
        string[size] = '\0';
        base_strings_cut(&listing->report->strings, json.size - size);
    }
    return string;
}

static void list_entry(struct listing *listing, const struct verify_outline *outline, size_t index,
                       struct verify_asset_report *asset)
{
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    (void)verify_outline_entry(outline, index, members);
    asset->has_asset_id = json_token_integer(listing->header, members[VERIFY_ENTRY_ASSET_ID], -JSON_EXACT_MAX,
                                             JSON_EXACT_MAX, &asset->asset_id);
    asset->name = copy_string(listing, members[VERIFY_ENTRY_ASSET_NAME]);
    asset->bank = copy_term(listing, members[VERIFY_ENTRY_BANK_TYPE]);
    asset->codec = copy_term(listing, members[VERIFY_ENTRY_CODEC]);
    asset->has_offset = json_token_unsigned(listing->header, members[VERIFY_ENTRY_OFFSET], &asset->offset);
    asset->has_size = json_token_unsigned(listing->header, members[VERIFY_ENTRY_SIZE], &asset->size);
    asset->has_decoded_size =
        json_token_unsigned(listing->header, members[VERIFY_ENTRY_DECODED_SIZE], &asset->decoded_size);
    asset->metadata = copy_object(listing, members[VERIFY_ENTRY_METADATA]);
}

static void list_preload(const struct verify_outline *outline, size_t index, struct verify_preload_report *row)
{
    struct json_token members[VERIFY_PRELOAD_MEMBERS];
    (void)verify_outline_preload(outline, index, members);
    row->has_asset_id = json_token_integer(outline->header, members[VERIFY_PRELOAD_MEMBER_ASSET_ID], -JSON_EXACT_MAX,
                                           JSON_EXACT_MAX, &row->asset_id);
    row->has_slot = json_token_unsigned(outline->header, members[VERIFY_PRELOAD_MEMBER_SLOT], &row->slot);
}

void verify_list_header(const struct verify_subject *subject, const struct verify_outline *outline,
                        struct verify_sink *sink, struct verify_report *report)
{
    /* A whole entry takes more than 90 bytes. Anything shorter is faulty, and rows for it would outgrow the header. */
    enum { SHORTEST_ENTRY = 16, ALWAYS = 1000 };
    size_t most = outline->header.size / SHORTEST_ENTRY + ALWAYS;
    size_t assets = at_most(outline->entries.count, most);
    size_t preload = at_most(outline->preload.count, most);
    struct listing listing = {.task = outline->task, .report = report, .header = outline->header};
    if (assets < outline->entries.count) {
        verify_report_not_checked(sink, "list of assets: only the first elements of the table are shown");
    }
    report->assets = calloc(assets + 1, sizeof *report->assets);
    report->preload = calloc(preload + 1, sizeof *report->preload);
    report->asset_count = report->assets != NULL ? assets : 0;
    report->preload_count = report->preload != NULL ? preload : 0;
    listing.out_of_memory = report->assets == NULL || report->preload == NULL;
    for (size_t i = 0; i < report->asset_count && !verify_outline_cancelled(outline, i); i++) {
        list_entry(&listing, outline, i, &report->assets[i]);
    }
    for (size_t i = 0; i < report->preload_count && !verify_outline_cancelled(outline, i); i++) {
        list_preload(outline, i, &report->preload[i]);
    }
    if (listing.out_of_memory) {
        base_report_out_of_memory(&sink->findings, subject->path);
    }
}
