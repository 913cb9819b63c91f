#include "verify/workspace/declaration.h"

#include "base/path.h"
#include "base/report.h"
#include "verify/workspace/inputs.h"
#include "verify/workspace/names.h"
#include "verify/workspace/output.h"

#include <stdlib.h>
#include <string.h>

static void check_uuid(struct verify_declared *declared, struct json_token root, struct json_token value,
                       const struct verify_record_of_registry *record)
{
    struct verify_document *document = &declared->document;
    struct base_bytes none = {.data = NULL};
    if (!verify_is_present(value)) {
        document->cause = DIAG_CAUSE_IDENTITY_OTHER;
        document->subject = record->uuid;
        verify_document_report(document, DIAG_DECLARATION_IDENTITY, root.begin, record->uuid, none,
                               "asset_uuid is missing");
        return;
    }
    char *uuid = verify_document_string(document, value);
    if (uuid == NULL) {
        return;
    }
    if (uuid[0] != '\0' && !verify_is_uuid(base_bytes_of_string(uuid))) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value,
                                     "8-4-4-4-12 lower-case hexadecimal digits", "asset_uuid is not a UUID");
    } else if (strcmp(uuid, record->uuid) != 0) {
        document->cause = DIAG_CAUSE_IDENTITY_OTHER;
        document->subject = record->uuid;
        verify_document_report_value(document, DIAG_DECLARATION_IDENTITY, value, record->uuid,
                                     "asset_uuid is not the one that index.json has for this root");
    }
    free(uuid);
}

static void read_name(struct verify_declared *declared, struct json_token value)
{
    struct verify_document *document = &declared->document;
    if (!verify_is_present(value)) {
        return;
    }
    declared->name = verify_document_string(document, value);
    declared->name_value = value;
    if (declared->name != NULL && !verify_is_asset_name(declared->name)) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "printable characters",
                                     "the name is empty or has a control character");
    }
}

static bool read_type(struct verify_declared *declared, struct json_token value)
{
    static const struct {
        const char *name;
        enum pp_bank bank;
    } types[] = {{"glyph_bank", PP_BANK_GLYPH}, {"sound_bank", PP_BANK_SOUNDS}, {"scene_bank", PP_BANK_SCENE}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (json_token_is(declared->document.text, value, types[i].name)) {
            declared->bank = types[i].bank;
            return true;
        }
    }
    if (json_token_is(declared->document.text, value, "image_bank") ||
        json_token_is(declared->document.text, value, "tile_bank")) {
        verify_document_report_value(&declared->document, DIAG_DECLARATION_VALUE, value, "glyph_bank",
                                     "the type is of an earlier generation; it is called glyph_bank now");
    } else if (verify_is_present(value)) {
        verify_document_report_value(&declared->document, DIAG_DECLARATION_VALUE, value,
                                     "glyph_bank, sound_bank or scene_bank", "the type is not known");
    }
    return false;
}

static void read_preload(struct verify_declared *declared, struct json_token preload)
{
    enum { ENABLED, SLOT, PRELOAD_MEMBERS };
    static const struct json_member preload_members[PRELOAD_MEMBERS] = {
        [ENABLED] = {.name = "enabled", .kinds = JSON_KIND_BOOLEAN, .required = true},
        [SLOT] = {.name = "slot", .kinds = JSON_KIND_NUMBER},
    };
    struct verify_document *document = &declared->document;
    struct json_token values[PRELOAD_MEMBERS];
    int64_t slot;
    (void)verify_document_members(document, preload, "preload", preload_members, PRELOAD_MEMBERS, values);
    declared->preload = values[ENABLED].kind == JSON_TRUE;
    declared->preload_value = preload;
    declared->slot_value = preload;
    if (!verify_document_integer(document, values[SLOT], "slot", 0, 15, &slot)) {
        return;
    }
    declared->has_slot = true;
    declared->slot = (uint32_t)slot;
    declared->slot_value = values[SLOT];
    if (values[ENABLED].kind == JSON_FALSE) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, values[SLOT], "no slot",
                                     "slot is fixed, and preload is not enabled");
    }
}

enum { VERSION, ASSET_UUID, NAME, TYPE, INPUTS, OUTPUT, PRELOAD, BUILD, EDITOR_SCHEMA, MEMBERS };
static const struct json_member members[MEMBERS] = {
    [VERSION] = {.name = "schema_version", .kinds = JSON_KIND_NUMBER, .required = true},
    [ASSET_UUID] = {.name = "asset_uuid", .kinds = JSON_KIND_STRING},
    [NAME] = {.name = "name", .kinds = JSON_KIND_STRING, .required = true},
    [TYPE] = {.name = "type", .kinds = JSON_KIND_STRING, .required = true},
    [INPUTS] = {.name = "inputs", .kinds = JSON_KIND_OBJECT, .required = true},
    [OUTPUT] = {.name = "output", .kinds = JSON_KIND_OBJECT, .required = true},
    [PRELOAD] = {.name = "preload", .kinds = JSON_KIND_OBJECT, .required = true},
    [BUILD] = {.name = "build", .kinds = JSON_KIND_OBJECT},
    [EDITOR_SCHEMA] = {.name = "$schema", .kinds = JSON_KIND_STRING},
};

static void read_text(struct verify_declared *declared, const struct verify_record_of_registry *record)
{
    struct verify_document *document = &declared->document;
    struct json_token root = json_root(document->text, document->task);
    struct json_token values[MEMBERS];
    int64_t version;
    if (!verify_document_is_version_1(document, root)) {
        return;
    }
    (void)verify_document_members(document, root, "asset.json", members, MEMBERS, values);
    if (root.kind != JSON_OBJECT_BEGIN) {
        return;
    }
    (void)verify_document_integer(document, values[VERSION], "schema_version", 1, 1, &version);
    check_uuid(declared, root, values[ASSET_UUID], record);
    read_name(declared, values[NAME]);
    declared->type_value = values[TYPE];
    bool has_bank = read_type(declared, values[TYPE]);
    bool has_format =
        verify_is_present(values[OUTPUT]) && verify_declared_read_output(declared, values[OUTPUT], has_bank);
    if (has_format && verify_is_present(values[INPUTS])) {
        verify_declared_read_inputs(declared, values[INPUTS]);
    }
    if (verify_is_present(values[PRELOAD])) {
        read_preload(declared, values[PRELOAD]);
    }
}

bool verify_declared_read(struct verify_declared *declared, const struct verify_record_of_registry *record, int root_fd,
                          const char *root_path, struct base_task *task, struct base_findings *findings)
{
    uint64_t before = base_findings_errors(findings);
    *declared = (struct verify_declared){.path = base_path_join(root_path, "asset.json")};
    declared->document = (struct verify_document){
        .kind = &verify_document_declaration,
        .path = declared->path,
        .has_asset_id = true,
        .asset_id = record->asset_id,
        .task = task,
        .findings = findings,
    };
    if (declared->path == NULL) {
        base_report_out_of_memory(findings, root_path);
    } else if (verify_document_open(&declared->document, root_fd, "asset.json")) {
        read_text(declared, record);
    }
    return base_findings_errors(findings) == before && !findings->out_of_memory;
}

void verify_declared_free(struct verify_declared *declared)
{
    for (size_t i = 0; i < declared->input_count; i++) {
        free(declared->inputs[i].path);
    }
    free(declared->inputs);
    free(declared->name);
    verify_document_close(&declared->document);
    free(declared->path);
    *declared = (struct verify_declared){.path = NULL};
}
