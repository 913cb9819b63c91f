#include "verify/header/list.h"

#include "base/array.h"
#include "verify/core/findings.h"
#include "verify/header/outline.h"

#include <stdlib.h>
#include <string.h>

/* Lists what a header says, right or wrong: spellings as they are. */
struct listing {
    struct verify_report *report;
    struct verify_sink *sink;
    struct base_bytes header;
    size_t asset_capacity;
    size_t preload_capacity;
    size_t most_rows;   /* that a table of this size can sensibly have */
    bool out_of_memory; /* some text is lost */
    bool rows_lost;     /* no row is added any more, so that the rows before keep their index */
};

static const char *keep(struct listing *listing, struct base_bytes bytes)
{
    const char *string = base_strings_copy(&listing->report->strings, bytes);
    listing->out_of_memory = listing->out_of_memory || string == NULL;
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
    char *value = json_token_string(listing->header, token);
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

/* Without the white space between tokens, so that it fits one line of a report. */
static void add_compact(struct base_text *text, struct base_bytes json)
{
    bool in_string = false;
    size_t from = 0;
    for (size_t at = 0; at < json.size; at++) {
        uint8_t byte = json.data[at];
        if (in_string && byte == '\\') {
            at++;
        } else if (byte == '"') {
            in_string = !in_string;
        } else if (!in_string && (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')) {
            base_text_add(text, base_bytes_make(json.data + from, at - from));
            from = at + 1;
        }
    }
    base_text_add(text, base_bytes_make(json.data + from, json.size - from));
}

static const char *copy_object(struct listing *listing, struct json_token token)
{
    if (token.kind != JSON_OBJECT_BEGIN) {
        return NULL;
    }
    struct base_text text = BASE_TEXT_EMPTY;
    add_compact(&text, json_span(listing->header, token));
    const char *string = base_text_out_of_memory(&text) ? NULL : keep(listing, base_text_bytes(&text));
    listing->out_of_memory = listing->out_of_memory || string == NULL;
    base_text_free(&text);
    return string;
}

static void list_entry(void *context, size_t index, struct json_token element,
                       const struct json_token members[VERIFY_ENTRY_MEMBERS])
{
    struct listing *listing = context;
    struct verify_report *report = listing->report;
    if (report->asset_count >= listing->most_rows) {
        verify_report_not_checked(listing->sink, "list of assets: only the first elements of the table are shown");
        return;
    }
    void *rows = listing->rows_lost ? NULL
                                    : base_array_grow(report->assets, report->asset_count, &listing->asset_capacity,
                                                      sizeof *report->assets);
    if (rows == NULL) {
        listing->rows_lost = true;
        return;
    }
    (void)index;
    (void)element;
    report->assets = rows;
    struct verify_asset_report *asset = &report->assets[report->asset_count++];
    *asset = (struct verify_asset_report){.name = NULL};
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

static void list_preload(void *context, size_t index, struct json_token element,
                         const struct json_token members[VERIFY_PRELOAD_MEMBERS])
{
    struct listing *listing = context;
    struct verify_report *report = listing->report;
    if (report->preload_count >= listing->most_rows) {
        return;
    }
    void *rows = listing->rows_lost ? NULL
                                    : base_array_grow(report->preload, report->preload_count,
                                                      &listing->preload_capacity, sizeof *report->preload);
    if (rows == NULL) {
        listing->rows_lost = true;
        return;
    }
    (void)index;
    (void)element;
    report->preload = rows;
    struct verify_preload_report *row = &report->preload[report->preload_count++];
    *row = (struct verify_preload_report){.has_asset_id = false};
    row->has_asset_id = json_token_integer(listing->header, members[VERIFY_PRELOAD_MEMBER_ASSET_ID], -JSON_EXACT_MAX,
                                           JSON_EXACT_MAX, &row->asset_id);
    row->has_slot = json_token_unsigned(listing->header, members[VERIFY_PRELOAD_MEMBER_SLOT], &row->slot);
}

void verify_list_header(const struct verify_subject *subject, struct base_bytes header, struct verify_sink *sink,
                        struct verify_report *report)
{
    /* A whole entry takes more than 90 bytes. Anything shorter is faulty, and rows for it would outgrow the header. */
    enum { SHORTEST_ENTRY = 16, ALWAYS = 1000 };
    struct listing listing = {
        .report = report, .sink = sink, .header = header, .most_rows = header.size / SHORTEST_ENTRY + ALWAYS};
    struct verify_outline_visitor visitor = {.context = &listing, .entry = list_entry, .preload = list_preload};
    (void)verify_outline_walk(header, &visitor);
    if (listing.out_of_memory || listing.rows_lost) {
        base_report_out_of_memory(&sink->findings, subject->path);
    }
}

/* ---- The same from a table ---- */

static void list_row(struct listing *listing, const struct reader_row *row, struct verify_asset_report *asset)
{
    struct json_token name = {.kind = JSON_STRING, .begin = row->name_at, .end = (size_t)row->name_at + row->name_size};
    name.escaped = memchr(listing->header.data + name.begin, '\\', row->name_size) != NULL;
    *asset = (struct verify_asset_report){
        .has_asset_id = true,
        .asset_id = row->asset_id,
        .name = copy_string(listing, name),
        .bank = pp_bank_name((enum pp_bank)row->bank),
        .codec = "NONE",
        .has_offset = true,
        .has_size = true,
        .has_decoded_size = true,
        .offset = row->offset,
        .size = row->size,
        .decoded_size = row->decoded_size,
        .metadata = keep(listing, base_bytes_make(listing->header.data + row->metadata_at, row->metadata_size)),
    };
}

bool verify_list_table(const struct verify_subject *subject, struct base_bytes header, const struct reader_table *table,
                       struct verify_sink *sink, struct verify_report *report)
{
    struct listing listing = {.report = report, .sink = sink, .header = header};
    report->assets = calloc(table->count + 1, sizeof *report->assets);
    report->preload = calloc(table->preload_count + 1, sizeof *report->preload);
    if (report->assets == NULL || report->preload == NULL) {
        free(report->assets);
        free(report->preload);
        report->assets = NULL;
        report->preload = NULL;
        return false;
    }
    for (size_t i = 0; i < table->count; i++) {
        list_row(&listing, &table->rows[i], &report->assets[i]);
    }
    for (size_t i = 0; i < table->preload_count; i++) {
        report->preload[i] = (struct verify_preload_report){.has_asset_id = true,
                                                            .has_slot = true,
                                                            .asset_id = table->preload[i].asset_id,
                                                            .slot = table->preload[i].slot};
    }
    report->asset_count = table->count;
    report->preload_count = table->preload_count;
    if (listing.out_of_memory) {
        base_report_out_of_memory(&sink->findings, subject->path);
    }
    return true;
}
