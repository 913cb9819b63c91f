#include "writer/metadata.h"

#include "base/invariant.h"
#include "writer/canonical_json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>

enum { POINTER_SIZE = 64 };

void pp_writer_members_add(struct pp_members *members, const char *name, uint64_t value)
{
    if (PP_INVARIANT(members->count < PP_MEMBERS_MAX)) {
        members->items[members->count++] = (struct pp_member){.name = name, .value = value};
    }
}

static void point_at(char pointer[POINTER_SIZE], const char *name)
{
    (void)snprintf(pointer, POINTER_SIZE, "/output/metadata/%s", name);
}

/* The value of a JSON number that is an integer from 0 to 2^53-1. */
static bool to_integer(const cJSON *item, uint64_t *value)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= (double)PP_LAYOUT_INTEGER_MAX)) {
        return false;
    }
    uint64_t integer = (uint64_t)item->valuedouble;
    if ((double)integer < item->valuedouble) {
        return false;
    }
    *value = integer;
    return true;
}

static bool report_no_form(const struct pp_work *work, const char *pointer, enum pp_canonical result)
{
    if (result == PP_CANONICAL_MEMORY) {
        return pp_writer_report_memory(work->subject.findings);
    }
    return pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, pointer, NULL, NULL, "%s",
                                        pp_writer_canonical_text(result));
}

/* Whether what is declared agrees with what was computed; *declared says whether it is declared at all. */
static bool agrees(const struct pp_work *work, const struct pp_member *member, bool *declared)
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
    return pp_writer_report_declaration(
        &work->subject, PP_DECLARATION_VALUE, pointer, pp_writer_decimal(member->value).text,
        integer ? pp_writer_decimal(value).text : NULL,
        "the declared %s is not that of the sources: leave it out or correct it", member->name);
}

/* Adds references to all declared members, and the computed ones that are not declared. */
static bool merge(const struct pp_work *work, const struct pp_members *members, cJSON *merged, bool *fine)
{
    bool enough_memory = true;
    for (cJSON *item = work->subject.asset->declaration.metadata->child; item != NULL; item = item->next) {
        enough_memory = enough_memory && cJSON_AddItemReferenceToObject(merged, item->string, item);
    }
    for (size_t i = 0; i < members->count; i++) {
        const struct pp_member *member = &members->items[i];
        bool declared;
        *fine = agrees(work, member, &declared) && *fine;
        if (!declared) {
            enough_memory =
                enough_memory && cJSON_AddNumberToObject(merged, member->name, (double)member->value) != NULL;
        }
    }
    return enough_memory;
}

bool pp_writer_metadata_print(const struct pp_work *work, const struct pp_members *members)
{
    const cJSON *metadata = work->subject.asset->declaration.metadata;
    bool fine = true;
    if (cJSON_GetObjectItemCaseSensitive(metadata, "pipeline") != NULL) {
        fine = pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/output/metadata/pipeline", NULL,
                                            NULL, "pipeline stands beside metadata, not inside");
    }
    cJSON *merged = cJSON_CreateObject();
    if (merged == NULL || !merge(work, members, merged, &fine)) {
        cJSON_Delete(merged);
        return pp_writer_report_memory(work->subject.findings);
    }
    struct pp_text text = PP_TEXT_EMPTY;
    enum pp_canonical result = pp_writer_canonical_tree(&text, merged, PP_LAYOUT_JSON_LEVELS);
    cJSON_Delete(merged);
    if (result != PP_CANONICAL_FINE) {
        pp_text_free(&text);
        return report_no_form(work, "/output/metadata", result);
    }
    work->planned->metadata = pp_text_take(&text);
    return fine;
}

bool pp_writer_metadata_need(const struct pp_work *work, const char *name, uint64_t least, uint64_t most,
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
        return pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/output/metadata", expected, NULL,
                                            "a raw bank has to declare %s", name);
    }
    bool integer = to_integer(item, &found);
    if (!integer || found < least || found > most) {
        return pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, pointer, expected,
                                            integer ? pp_writer_decimal(found).text : NULL,
                                            "%s has a value that the bank cannot have", name);
    }
    *value = found;
    return true;
}

bool pp_writer_pipeline_print(const struct pp_work *work)
{
    const cJSON *pipeline = work->subject.asset->declaration.pipeline;
    if (pipeline == NULL) {
        return true;
    }
    struct pp_text text = PP_TEXT_EMPTY;
    enum pp_canonical result = pp_writer_canonical_tree(&text, pipeline, PP_LAYOUT_JSON_LEVELS);
    if (result != PP_CANONICAL_FINE) {
        pp_text_free(&text);
        return report_no_form(work, "/output/pipeline", result);
    }
    work->planned->pipeline = pp_text_take(&text);
    return true;
}
