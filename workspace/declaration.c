#include "workspace/declaration.h"

#include "workspace/path.h"
#include "workspace/problem.h"
#include "workspace/uuid.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void pp_declaration_free(struct pp_declaration *declaration)
{
    for (size_t i = 0; i < declaration->input_count; i++) {
        free(declaration->inputs[i].path);
    }
    free(declaration->asset_uuid);
    free(declaration->name);
    free(declaration->inputs);
    free(declaration->palettes);
    cJSON_Delete(declaration->metadata);
    cJSON_Delete(declaration->pipeline);
    *declaration = (struct pp_declaration){.asset_uuid = NULL};
}

static void read_uuid(struct pp_document *document, struct pp_value object, struct pp_value value,
                      const struct pp_record *record, struct pp_declaration *declaration)
{
    bool absent = !pp_value_present(value) || value.begin == value.end;
    if (absent && record == NULL) {
        return;
    }
    if (absent) {
        pp_document_fault(document, PP_DECLARATION_IDENTITY, pp_value_present(value) ? value.begin : object.begin,
                          record->asset_uuid, pp_value_present(value) ? "\"\"" : NULL,
                          "asset_uuid is missing; the registry has %s for this root", record->asset_uuid);
        return;
    }
    char *uuid = pp_value_string(document, value);
    if (uuid == NULL) {
        return;
    }
    if (!pp_uuid_is_valid(uuid)) {
        pp_value_fault(document, PP_DECLARATION_VALUE, value, "8-4-4-4-12 lower-case hex digits",
                       "asset_uuid is no uuid in lower-case hex");
    } else if (record != NULL && strcmp(uuid, record->asset_uuid) != 0) {
        pp_value_fault(document, PP_DECLARATION_IDENTITY, value, record->asset_uuid,
                       "asset_uuid is not the one that the registry has for this root");
    }
    declaration->asset_uuid = uuid;
}

const char *pp_name_fault(const char *name)
{
    if (name[0] == '\0') {
        return "is empty";
    }
    for (const char *at = name; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            return "has a control character";
        }
    }
    return NULL;
}

static void read_name(struct pp_document *document, struct pp_value value, struct pp_declaration *declaration)
{
    if (!pp_value_present(value)) {
        return;
    }
    declaration->name_at = value.begin;
    declaration->name = pp_value_string(document, value);
    const char *fault = declaration->name != NULL ? pp_name_fault(declaration->name) : NULL;
    if (fault != NULL) {
        pp_value_fault(document, PP_DECLARATION_VALUE, value, "printable characters", "the name %s", fault);
    }
}

static bool read_type(struct pp_document *document, struct pp_value value, struct pp_declaration *declaration)
{
    char *type = pp_value_present(value) ? pp_value_string(document, value) : NULL;
    if (type == NULL) {
        return false;
    }
    bool known = pp_asset_type_find(type, &declaration->type);
    if (!known) {
        const char *meant = pp_asset_type_suggest(type);
        pp_value_fault(document, PP_DECLARATION_VALUE, value, "glyph_bank, sound_bank or scene_bank",
                       meant != NULL ? "the type is unknown; did you mean \"%s\"?" : "the type is unknown%s",
                       meant != NULL ? meant : "");
    }
    free(type);
    return known;
}

static void read_preload(struct pp_document *document, struct pp_value value, struct pp_declaration *declaration)
{
    enum { ENABLED, SLOT, COUNT };
    static const struct pp_member members[COUNT] = {
        [ENABLED] = {"enabled", PP_TYPE_BOOLEAN, true},
        [SLOT] = {"slot", PP_TYPE_INTEGER, false},
    };
    struct pp_value values[COUNT];
    (void)pp_value_members(document, value, "preload", members, COUNT, values);
    declaration->preload = values[ENABLED].kind == PP_JSON_TRUE;
    int64_t slot;
    if (!pp_value_present(values[SLOT]) || !pp_value_integer(document, values[SLOT], "slot", 0, 15, &slot)) {
        return;
    }
    declaration->has_slot = true;
    declaration->slot = (uint32_t)slot;
    if (values[ENABLED].kind == PP_JSON_FALSE) {
        pp_value_fault(document, PP_DECLARATION_VALUE, values[SLOT], "no slot",
                       "slot is fixed, but preload is not enabled");
    }
}

enum { SCHEMA, ASSET_UUID, NAME, TYPE, INPUTS, OUTPUT, PRELOAD, BUILD, MEMBER_COUNT };

static const struct pp_member members_of_root[MEMBER_COUNT] = {
    [SCHEMA] = {"schema_version", PP_TYPE_INTEGER, true},
    [ASSET_UUID] = {"asset_uuid", PP_TYPE_STRING, false},
    [NAME] = {"name", PP_TYPE_STRING, true},
    [TYPE] = {"type", PP_TYPE_STRING, true},
    [INPUTS] = {"inputs", PP_TYPE_OBJECT, true},
    [OUTPUT] = {"output", PP_TYPE_OBJECT, true},
    [PRELOAD] = {"preload", PP_TYPE_OBJECT, true},
    [BUILD] = {"build", PP_TYPE_OBJECT, false},
};

static void read_declaration(struct pp_document *document, const struct pp_record *record,
                             struct pp_declaration *declaration)
{
    struct pp_value root = pp_value_root(document);
    if (!pp_value_schema_known(document, root)) {
        return;
    }
    struct pp_value values[MEMBER_COUNT];
    (void)pp_value_members(document, root, "asset.json", members_of_root, MEMBER_COUNT, values);
    if (root.kind != PP_JSON_OBJECT_BEGIN) {
        return;
    }
    read_uuid(document, root, values[ASSET_UUID], record, declaration);
    read_name(document, values[NAME], declaration);
    bool type_known = read_type(document, values[TYPE], declaration);
    const struct pp_format_facts *facts = NULL;
    if (pp_value_present(values[OUTPUT])) {
        facts = pp_declaration_output(document, values[OUTPUT], type_known, declaration);
    }
    if (pp_value_present(values[INPUTS]) && facts != NULL) {
        pp_declaration_inputs(document, values[INPUTS], facts, declaration);
    }
    if (pp_value_present(values[PRELOAD])) {
        read_preload(document, values[PRELOAD], declaration);
    }
}

bool pp_declaration_parse(struct pp_bytes text, const struct pp_place *place, const struct pp_record *record,
                          struct pp_declaration *declaration, struct pp_findings *findings)
{
    *declaration = (struct pp_declaration){.asset_uuid = NULL};
    uint64_t before = pp_findings_errors(findings);
    struct pp_document document;
    if (pp_document_begin(&document, &pp_document_declaration, text, place, findings)) {
        read_declaration(&document, record, declaration);
    }
    if (!pp_nothing_wrong_since(findings, before)) {
        pp_declaration_free(declaration);
        return false;
    }
    return true;
}

/* The anchor of an open root; path names it. */
static bool load_anchor(int root_fd, const char *path, const struct pp_record *record,
                        struct pp_declaration *declaration, struct pp_findings *findings)
{
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    if (record != NULL) {
        place.has_asset_id = true;
        place.asset_id = record->asset_id;
    }
    size_t size = 0;
    struct pp_seen anchor;
    uint8_t *data = pp_document_read(&pp_document_declaration, root_fd, "asset.json", &place, PP_ANCHOR_MISSING, &size,
                                     &anchor, findings);
    if (data == NULL) {
        return false;
    }
    bool loaded = pp_declaration_parse(pp_bytes_make(data, size), &place, record, declaration, findings);
    if (loaded) {
        declaration->anchor = anchor;
    }
    free(data);
    return loaded;
}

static void report_root(const char *directory, const char *root, const struct pp_record *record, int problem,
                        struct pp_findings *findings)
{
    char *path = pp_assets_path(directory, root, NULL);
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    if (record != NULL) {
        place.has_asset_id = true;
        place.asset_id = record->asset_id;
    }
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    pp_report_read_problem(findings, &place, problem, PP_ROOT_INVALID,
                           problem == ENOENT ? "there is no such directory" : "the asset root is no directory");
    free(path);
}

/* record may be NULL; directory is the project's, for messages. */
static bool load(const char *directory, int assets_fd, const char *root, const struct pp_record *record,
                 struct pp_declaration *declaration, struct pp_findings *findings)
{
    *declaration = (struct pp_declaration){.asset_uuid = NULL};
    int root_fd = -1;
    int problem = pp_directory_open_below(&root_fd, assets_fd, root);
    if (problem != 0) {
        report_root(directory, root, record, problem, findings);
        return false;
    }
    bool loaded = false;
    char *path = pp_assets_path(directory, root, "asset.json");
    if (path != NULL) {
        loaded = load_anchor(root_fd, path, record, declaration, findings);
    } else {
        pp_report_out_of_memory(findings);
    }
    free(path);
    (void)close(root_fd);
    return loaded;
}

bool pp_workspace_load_record(const struct pp_workspace *workspace, const struct pp_record *record,
                              struct pp_declaration *declaration, struct pp_findings *findings)
{
    return load(workspace->directory, workspace->assets_fd, record->root, record, declaration, findings);
}

bool pp_declaration_load(int assets_fd, const char *root, struct pp_declaration *declaration,
                         struct pp_findings *findings)
{
    return load(".", assets_fd, root, NULL, declaration, findings);
}
