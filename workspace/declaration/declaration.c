#include "workspace/declaration/declaration.h"

#include "workspace/declaration/inputs.h"
#include "workspace/declaration/output.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/model/name.h"
#include "workspace/model/uuid.h"

#include <stdlib.h>
#include <string.h>

/* Whether lower-case letters are all that a uuid lacks. */
static bool is_in_capital_letters(const char *text)
{
    char lower[WORKSPACE_UUID_SIZE + 1];
    size_t length = strlen(text);
    for (size_t i = 0; length == WORKSPACE_UUID_SIZE && i <= length; i++) {
        lower[i] = (char)(text[i] >= 'A' && text[i] <= 'F' ? text[i] - 'A' + 'a' : text[i]);
    }
    return length == WORKSPACE_UUID_SIZE && workspace_uuid_is_valid(lower);
}

static void read_uuid(struct workspace_document *document, struct json_token object, struct json_token value,
                      const struct workspace_record *record, struct workspace_declaration *declaration)
{
    bool absent = !workspace_value_present(value) || value.begin == value.end;
    if (absent && record == NULL) {
        return;
    }
    if (absent) {
        document->cause = DIAG_CAUSE_IDENTITY_OTHER;
        document->subject = record->asset_uuid;
        workspace_document_fault(document, DIAG_DECLARATION_IDENTITY,
                                 workspace_value_present(value) ? value.begin : object.begin, record->asset_uuid,
                                 workspace_value_present(value) ? "\"\"" : NULL, "asset_uuid is missing");
        return;
    }
    char *uuid = workspace_value_string(document, value);
    if (uuid == NULL) {
        return;
    }
    if (!workspace_uuid_is_valid(uuid)) {
        document->remedy = record != NULL                ? "Write the asset_uuid that the record in index.json has."
                           : is_in_capital_letters(uuid) ? "Write it in lower case."
                                                         : "Remove the member: the asset gets a uuid when it is added.";
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "8-4-4-4-12 lower-case hex digits",
                              "asset_uuid is not a UUID in lower-case hexadecimal");
    } else if (record != NULL && strcmp(uuid, record->asset_uuid) != 0) {
        document->cause = DIAG_CAUSE_IDENTITY_OTHER;
        document->subject = record->asset_uuid;
        workspace_value_fault(document, DIAG_DECLARATION_IDENTITY, value, record->asset_uuid,
                              "asset_uuid is not the one that the registry has for this root");
    }
    declaration->asset_uuid = uuid;
}

static void read_name(struct workspace_document *document, struct json_token value,
                      struct workspace_declaration *declaration)
{
    if (!workspace_value_present(value)) {
        return;
    }
    declaration->name_at = value.begin;
    declaration->name = workspace_value_string(document, value);
    const char *fault = declaration->name != NULL ? workspace_name_fault(declaration->name) : NULL;
    if (fault != NULL) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "printable characters", "the name %s", fault);
    }
}

static bool read_type(struct workspace_document *document, struct json_token value,
                      struct workspace_declaration *declaration)
{
    char *type = workspace_value_present(value) ? workspace_value_string(document, value) : NULL;
    if (type == NULL) {
        return false;
    }
    bool known = workspace_asset_type_find(type, &declaration->type);
    if (!known) {
        const char *meant = workspace_asset_type_suggest(type);
        document->cause = meant != NULL ? DIAG_CAUSE_MEMBER_MEANT : DIAG_CAUSE_NONE;
        document->subject = meant;
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, value, "glyph_bank, sound_bank or scene_bank",
                              "the type is unknown");
    }
    free(type);
    return known;
}

static void read_preload(struct workspace_document *document, struct json_token value,
                         struct workspace_declaration *declaration)
{
    struct json_token values[WORKSPACE_PRELOAD_MEMBERS];
    (void)workspace_value_members(document, value, NULL, &workspace_members_preload, values);
    declaration->preload = values[WORKSPACE_PRELOAD_ENABLED].kind == JSON_TRUE;
    int64_t slot;
    if (!workspace_value_present(values[WORKSPACE_PRELOAD_SLOT]) ||
        !workspace_value_ranged(document, values[WORKSPACE_PRELOAD_SLOT],
                                &workspace_members_preload.members[WORKSPACE_PRELOAD_SLOT], &slot)) {
        return;
    }
    declaration->has_slot = true;
    declaration->slot = (uint32_t)slot;
    if (values[WORKSPACE_PRELOAD_ENABLED].kind == JSON_FALSE) {
        workspace_value_fault(document, DIAG_DECLARATION_VALUE, values[WORKSPACE_PRELOAD_SLOT], "no slot",
                              "slot is fixed, but preload is not enabled");
    }
}

static void read_declaration(struct workspace_document *document, const struct workspace_record *record,
                             struct workspace_declaration *declaration)
{
    struct json_token root = json_root(document->text, NULL);
    if (!workspace_value_schema_known(document, root)) {
        return;
    }
    struct json_token values[WORKSPACE_ANCHOR_MEMBERS];
    (void)workspace_value_members(document, root, NULL, &workspace_members_anchor, values);
    if (root.kind != JSON_OBJECT_BEGIN) {
        return;
    }
    read_uuid(document, root, values[WORKSPACE_ANCHOR_UUID], record, declaration);
    read_name(document, values[WORKSPACE_ANCHOR_TITLE], declaration);
    bool type_known = read_type(document, values[WORKSPACE_ANCHOR_TYPE], declaration);
    const struct workspace_format_facts *facts = NULL;
    if (workspace_value_present(values[WORKSPACE_ANCHOR_OUTPUT])) {
        facts = workspace_declaration_output(document, values[WORKSPACE_ANCHOR_OUTPUT], type_known, declaration);
    }
    if (workspace_value_present(values[WORKSPACE_ANCHOR_INPUTS]) && facts != NULL) {
        workspace_declaration_inputs(document, values[WORKSPACE_ANCHOR_INPUTS], facts, declaration);
    }
    if (workspace_value_present(values[WORKSPACE_ANCHOR_PRELOAD])) {
        read_preload(document, values[WORKSPACE_ANCHOR_PRELOAD], declaration);
    }
}

bool workspace_declaration_parse(struct base_bytes text, const struct base_place *place,
                                 const struct workspace_record *record, struct workspace_declaration *declaration,
                                 struct base_findings *findings)
{
    *declaration = (struct workspace_declaration){.asset_uuid = NULL};
    uint64_t before = base_findings_errors(findings);
    struct workspace_document document;
    if (workspace_document_begin(&document, &workspace_document_declaration, text, NULL, place, findings)) {
        read_declaration(&document, record, declaration);
    }
    if (!workspace_nothing_wrong_since(findings, before)) {
        workspace_declaration_free(declaration);
        return false;
    }
    return true;
}
