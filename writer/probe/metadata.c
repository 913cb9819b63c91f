#include "writer/probe/metadata.h"

#include "base/invariant.h"
#include "writer/canonical_json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>

enum { POINTER_SIZE = 64 };

void writer_members_add(struct writer_members *members, const char *name, uint64_t value)
{
    if (BASE_INVARIANT(members->count < WRITER_MEMBERS_MAX)) {
        members->items[members->count++] = (struct writer_member){.name = name, .value = value};
    }
}

static void point_at(char pointer[POINTER_SIZE], const char *name)
{
    (void)snprintf(pointer, POINTER_SIZE, "/output/metadata/%s", name);
}

/* The value of a JSON number that is an integer from 0 to 2^53-1. */
static bool to_integer(const cJSON *item, uint64_t *value)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= (double)WRITER_INTEGER_MAX)) {
        return false;
    }
    uint64_t integer = (uint64_t)item->valuedouble;
    if ((double)integer < item->valuedouble) {
        return false;
    }
    *value = integer;
    return true;
}

static bool report_no_form(const struct writer_work *work, const char *pointer, enum writer_canonical result)
{
    if (result == WRITER_CANONICAL_MEMORY) {
        return writer_report_memory(work->subject.findings);
    }
    return writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, pointer, NULL, NULL, "%s",
                                     writer_canonical_text(result));
}

/* Whether what is declared agrees with what was computed; *declared says whether it is declared at all. */
static bool agrees(const struct writer_work *work, const struct writer_member *member, bool *declared)
{
    const cJSON *metadata = work->subject.asset->declaration.metadata;
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(metadata, member->name);
    uint64_t value = 0;
    *declared = item != NULL;
    if (item == NULL) {
        return true;
    }
    bool integer = to_integer(item, &value);
    if (integer && value == member->value) {
        return true;
    }
    char pointer[POINTER_SIZE];
    point_at(pointer, member->name);
    return writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, pointer,
                                     writer_decimal(member->value).text, integer ? writer_decimal(value).text : NULL,
                                     "the declared %s is not that of the sources: leave it out or correct it",
                                     member->name);
}

/* Adds references to all declared members, and the computed ones that are not declared. */
static bool merge(const struct writer_work *work, const struct writer_members *members, cJSON *merged, bool *fine)
{
    bool enough_memory = true;
    for (cJSON *item = work->subject.asset->declaration.metadata->child; item != NULL; item = item->next) {
        enough_memory = enough_memory && cJSON_AddItemReferenceToObject(merged, item->string, item);
    }
    for (size_t i = 0; i < members->count; i++) {
        const struct writer_member *member = &members->items[i];
        bool declared;
        *fine = agrees(work, member, &declared) && *fine;
        if (!declared) {
            enough_memory =
                enough_memory && cJSON_AddNumberToObject(merged, member->name, (double)member->value) != NULL;
        }
    }
    return enough_memory;
}

bool writer_metadata_print(const struct writer_work *work, const struct writer_members *members)
{
    const cJSON *metadata = work->subject.asset->declaration.metadata;
    bool fine = true;
    if (cJSON_GetObjectItemCaseSensitive(metadata, "pipeline") != NULL) {
        fine = writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/output/metadata/pipeline", NULL,
                                         NULL, "pipeline belongs beside metadata, not inside it");
    }
    cJSON *merged = cJSON_CreateObject();
    if (merged == NULL || !merge(work, members, merged, &fine)) {
        cJSON_Delete(merged);
        return writer_report_memory(work->subject.findings);
    }
    struct base_text text = BASE_TEXT_EMPTY;
    enum writer_canonical result = writer_canonical_tree(&text, merged, WRITER_JSON_LEVELS);
    cJSON_Delete(merged);
    if (result != WRITER_CANONICAL_FINE) {
        base_text_free(&text);
        return report_no_form(work, "/output/metadata", result);
    }
    work->planned->metadata = base_text_take(&text);
    return fine;
}

bool writer_metadata_require(const struct writer_work *work, const char *name, uint64_t least, uint64_t most,
                             uint64_t *value)
{
    const cJSON *metadata = work->subject.asset->declaration.metadata;
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(metadata, name);
    char pointer[POINTER_SIZE];
    char expected[64];
    point_at(pointer, name);
    if (least == most) {
        (void)snprintf(expected, sizeof expected, "%" PRIu64, least);
    } else {
        (void)snprintf(expected, sizeof expected, "%" PRIu64 " to %" PRIu64, least, most);
    }
    uint64_t found = 0;
    if (item == NULL) {
        return writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/output/metadata", expected, NULL,
                                         "a raw bank has to declare %s", name);
    }
    bool integer = to_integer(item, &found);
    if (!integer || found < least || found > most) {
        return writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, pointer, expected,
                                         integer ? writer_decimal(found).text : NULL,
                                         "%s has a value that the bank cannot have", name);
    }
    *value = found;
    return true;
}

bool writer_metadata_declares(const struct writer_work *work, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(work->subject.asset->declaration.metadata, name) != NULL;
}

/* ---- Loops ---- */

static bool refuse_loop(const struct writer_work *work, const char *name, const char *expected, const char *actual,
                        const char *text)
{
    char pointer[POINTER_SIZE];
    point_at(pointer, name);
    return writer_report_declaration(&work->subject, DIAG_SOUND_METADATA, pointer, expected, actual, "%s", text);
}

/* One end of a loop, which is declared. */
static bool read_end(const struct writer_work *work, const cJSON *item, uint64_t *value)
{
    return to_integer(item, value) ||
           refuse_loop(work, item->string, "an integer from 0 up", NULL, "the end of a loop is a number of a frame");
}

bool writer_metadata_check_loop(const struct writer_work *work, uint64_t frames)
{
    const cJSON *metadata = work->subject.asset->declaration.metadata;
    const cJSON *first = cJSON_GetObjectItemCaseSensitive(metadata, "loop_start");
    const cJSON *last = cJSON_GetObjectItemCaseSensitive(metadata, "loop_end");
    uint64_t start = 0;
    uint64_t end = 0;
    char expected[40];
    if (first == NULL && last == NULL) {
        return true;
    }
    if (first == NULL || last == NULL) {
        return refuse_loop(work, first != NULL ? "loop_start" : "loop_end", "loop_start and loop_end", NULL,
                           "a loop has two ends");
    }
    bool valid = read_end(work, first, &start);
    if (!read_end(work, last, &end) || !valid) {
        return false;
    }
    if (end > frames) {
        (void)snprintf(expected, sizeof expected, "at most %" PRIu64, frames);
        return refuse_loop(work, "loop_end", expected, writer_decimal(end).text, "the loop ends after the last frame");
    }
    (void)snprintf(expected, sizeof expected, "less than %" PRIu64, end);
    return start < end || refuse_loop(work, "loop_start", expected, writer_decimal(start).text,
                                      "the loop does not begin before its end");
}

bool writer_pipeline_print(const struct writer_work *work)
{
    const cJSON *pipeline = work->subject.asset->declaration.pipeline;
    if (pipeline == NULL) {
        return true;
    }
    struct base_text text = BASE_TEXT_EMPTY;
    enum writer_canonical result = writer_canonical_tree(&text, pipeline, WRITER_JSON_LEVELS);
    if (result != WRITER_CANONICAL_FINE) {
        base_text_free(&text);
        return report_no_form(work, "/output/pipeline", result);
    }
    work->planned->pipeline = base_text_take(&text);
    return true;
}
