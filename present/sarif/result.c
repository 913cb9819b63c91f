#include "present/sarif/result.h"

#include "present/finding_words.h"
#include "present/json_value.h"
#include "present/location.h"
#include "present/sarif/identity.h"
#include "present/sarif/message.h"
#include "present/sarif/rule.h"

#include <string.h>

static void emit_count(struct json_emit *emit, const char *key, uint64_t count)
{
    json_emit_key(emit, key);
    json_emit_u64(emit, count);
}

/* The line of a text, or the bytes of any file; the first line when neither is known. */
static void emit_region(struct json_emit *emit, const struct base_place *place)
{
    json_emit_key(emit, "region");
    json_emit_object(emit);
    emit_count(emit, "startLine", place->line > 0 ? place->line : 1);
    if (place->line > 0) {
        emit_count(emit, "startColumn", place->character_utf16 + 1);
    }
    if (place->has_byte_offset) {
        emit_count(emit, "byteOffset", place->byte_offset);
        emit_count(emit, "byteLength", place->length);
    }
    json_emit_object_end(emit);
}

/* What the answer is about: what was examined, or the registry of a workspace. */
static const char *examined(const struct service_answer *answer)
{
    const char *file = present_is_examination(answer) ? answer->result.report.file : NULL;
    return file != NULL ? file : "assets/.prometeu/index.json";
}

static void emit_physical(struct json_emit *emit, const struct present_sink *sink, const struct base_place *place)
{
    struct base_text uri = BASE_TEXT_EMPTY;
    const char *file = place->file != NULL ? place->file : examined(sink->answer);
    present_location_add_uri(&uri, &sink->output.from, file);
    json_emit_key(emit, "physicalLocation");
    json_emit_object(emit);
    json_emit_key(emit, "artifactLocation");
    json_emit_object(emit);
    json_emit_key(emit, "uri");
    json_emit_string(emit, base_text_string(&uri));
    json_emit_object_end(emit);
    emit_region(emit, place);
    json_emit_object_end(emit);
    base_text_release(&uri, &emit->text->out_of_memory);
}

static void emit_logical_one(struct json_emit *emit, const char *name, const char *kind)
{
    json_emit_object(emit);
    json_emit_key(emit, "fullyQualifiedName");
    json_emit_string(emit, name);
    json_emit_key(emit, "kind");
    json_emit_string(emit, kind);
    json_emit_object_end(emit);
}

/* The asset and the member of a JSON text, as far as they are known. */
static void emit_logical(struct json_emit *emit, const struct present_sink *sink, const struct base_place *place)
{
    const struct present_subject *subject =
        place->has_asset_id ? present_subject_of(&sink->subjects, place->asset_id) : NULL;
    const char *asset = subject == NULL ? NULL : subject->root != NULL ? subject->root : subject->name;
    bool has_member = place->json_pointer != NULL && place->json_pointer[0] != '\0';
    bool has_asset = asset != NULL && asset[0] != '\0';
    if (!has_member && !has_asset) {
        return;
    }
    json_emit_key(emit, "logicalLocations");
    json_emit_array(emit);
    if (has_member) {
        emit_logical_one(emit, place->json_pointer, "member");
    }
    if (has_asset) {
        emit_logical_one(emit, asset, "resource");
    }
    json_emit_array_end(emit);
}

static void emit_locations(struct json_emit *emit, const struct present_sink *sink, const struct base_place *place)
{
    json_emit_key(emit, "locations");
    json_emit_array(emit);
    json_emit_object(emit);
    emit_physical(emit, sink, place);
    emit_logical(emit, sink, place);
    json_emit_object_end(emit);
    json_emit_array_end(emit);
}

static void emit_message(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding)
{
    struct base_text words = BASE_TEXT_EMPTY;
    present_words_add_message(&words, finding);
    base_text_add_string(&words, ". ");
    present_words_add_remedy(&words, &sink->output, finding);
    json_emit_key(emit, "message");
    present_sarif_message(emit, base_text_string(&words));
    base_text_release(&words, &emit->text->out_of_memory);
}

static void emit_identity(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding)
{
    struct base_text identity = BASE_TEXT_EMPTY;
    present_sarif_identity(&identity, &sink->output.from, &sink->subjects, finding);
    json_emit_key(emit, "partialFingerprints");
    json_emit_object(emit);
    json_emit_key(emit, "prpack/v1");
    json_emit_string(emit, base_text_string(&identity));
    json_emit_object_end(emit);
    base_text_release(&identity, &emit->text->out_of_memory);
}

/* Members of a finding that SARIF has no place for, as a report in JSON has them. */
static void emit_properties(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding)
{
    static const char *const names[] = {"class",   "asset_id", "x",     "y",        "tile",
                                        "palette", "frame",    "image", "expected", "actual"};
    const struct service_table *table = service_members_tail.members[0].row->table;
    json_emit_key(emit, "properties");
    json_emit_object(emit);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct service_member *member = service_table_member(table, names[i]);
        struct service_value value;
        if (service_member_read(member, finding, &value)) {
            json_emit_key(emit, names[i]);
            present_json_value(emit, &sink->output, member, finding);
        }
    }
    json_emit_object_end(emit);
}

void present_sarif_result(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding)
{
    json_emit_object(emit);
    json_emit_key(emit, "ruleId");
    json_emit_string(emit, diag_facts(finding->diagnostic)->id);
    emit_count(emit, "ruleIndex", present_sarif_rule_index(finding->diagnostic));
    json_emit_key(emit, "level");
    json_emit_string(emit, present_severity(finding));
    emit_message(emit, sink, finding);
    emit_locations(emit, sink, &finding->place);
    emit_identity(emit, sink, finding);
    emit_properties(emit, sink, finding);
    json_emit_object_end(emit);
}

void present_sarif_failure(struct json_emit *emit, const struct present_sink *sink, const struct base_finding *finding)
{
    json_emit_object(emit);
    json_emit_key(emit, "descriptor");
    json_emit_object(emit);
    json_emit_key(emit, "id");
    json_emit_string(emit, diag_facts(finding->diagnostic)->id);
    json_emit_object_end(emit);
    json_emit_key(emit, "level");
    json_emit_string(emit, present_severity(finding));
    emit_message(emit, sink, finding);
    if (finding->place.file != NULL) {
        emit_locations(emit, sink, &finding->place);
    }
    json_emit_object_end(emit);
}
