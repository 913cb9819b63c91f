/* index.json and asset.json: what is taken has been looked at from a second side, what is refused is refused for a
 * reason that is at a place in the text. The tail of the input says which of the two documents it is. */
#include "workspace/declaration/declaration.h"
#include "fuzz/lib/findings.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/oracle/workspace_second.h"
#include "workspace/registry/registry.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

enum { TAIL = 2 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_json_or_bytes, fuzz_cross_json_or_bytes)

static const double exact = 9007199254740991.0;

/* ---- Plain relative paths: workspace.md 1.1 ---- */

static bool is_plain_path(const char *path)
{
    if (path[0] == '\0' || strchr(path, '\\') != NULL) {
        return false;
    }
    for (const char *at = path;;) {
        size_t length = strcspn(at, "/");
        bool dots = (length == 1 && at[0] == '.') || (length == 2 && at[0] == '.' && at[1] == '.');
        if (length == 0 || dots) {
            return false;
        }
        if (at[length] == '\0') {
            return true;
        }
        at += length + 1;
    }
}

static bool is_uuid(const char *uuid)
{
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool digit = (uuid[i] >= '0' && uuid[i] <= '9') || (uuid[i] >= 'a' && uuid[i] <= 'f');
        if (dash ? uuid[i] != '-' : !digit) {
            return false;
        }
    }
    return uuid[36] == '\0';
}

/* ---- Trees ---- */

static const struct naive_node *child_of(const struct naive_json *json, const struct naive_node *node, const char *key)
{
    return node != NULL ? naive_member(json, node, key) : NULL;
}

static void check_string(const char *actual, struct base_bytes span)
{
    struct fuzz_text value = {.data = NULL};
    naive_unescape(&value, span);
    FUZZ_CHECK(actual != NULL);
    FUZZ_CHECK_BYTES(base_bytes_of_string(actual), fuzz_text_bytes(&value));
    fuzz_text_free(&value);
}

static void check_scalar(const cJSON *tree, const struct naive_json *json, const struct naive_node *node)
{
    if (node->kind == NAIVE_STRING) {
        FUZZ_CHECK(cJSON_IsString(tree));
        check_string(tree->valuestring, naive_span(json, node));
    } else if (node->kind == NAIVE_NUMBER) {
        struct naive_integer integer = naive_integer_of(json, node);
        FUZZ_CHECK(cJSON_IsNumber(tree) && integer.integral && !integer.huge);
        FUZZ_CHECK(fabs(tree->valuedouble) <= exact);
        FUZZ_CHECK_U64(fabs(tree->valuedouble), integer.magnitude);
        FUZZ_CHECK((tree->valuedouble < 0) == integer.negative);
    } else {
        FUZZ_CHECK(cJSON_IsTrue(tree) == (node->kind == NAIVE_TRUE));
        FUZZ_CHECK(cJSON_IsFalse(tree) == (node->kind == NAIVE_FALSE));
        FUZZ_CHECK(cJSON_IsNull(tree) == (node->kind == NAIVE_NULL));
    }
}

/* A tree that was taken is the one in the text, and no deeper than `levels`. */
static void check_tree(const cJSON *tree, const struct naive_json *json, const struct naive_node *node, unsigned levels)
{
    if (node->kind != NAIVE_OBJECT && node->kind != NAIVE_ARRAY) {
        check_scalar(tree, json, node);
        return;
    }
    FUZZ_CHECK(levels > 0);
    FUZZ_CHECK(node->kind == NAIVE_OBJECT ? cJSON_IsObject(tree) : cJSON_IsArray(tree));
    const cJSON *child = tree->child;
    for (size_t i = node->first; i != NAIVE_NONE; i = json->nodes[i].next) {
        FUZZ_CHECK(child != NULL);
        if (node->kind == NAIVE_OBJECT) {
            check_string(child->string, naive_key(json, &json->nodes[i]));
        }
        check_tree(child, json, &json->nodes[i], levels - 1);
        child = child->next;
    }
    FUZZ_CHECK(child == NULL);
}

/* ---- asset.json ---- */

static void check_palettes(const struct workspace_declaration *declaration)
{
    for (size_t i = 0; i < declaration->palette_count; i++) {
        FUZZ_CHECK(declaration->palettes[i].index < 64);
        FUZZ_CHECK(i == 0 || declaration->palettes[i - 1].index < declaration->palettes[i].index);
        FUZZ_CHECK(declaration->palettes[i].input < declaration->input_count);
        FUZZ_CHECK(declaration->inputs[declaration->palettes[i].input].role == WORKSPACE_ROLE_PALETTES);
    }
    FUZZ_CHECK(declaration->has_palettes || declaration->palette_count == 0);
}

static void check_inputs(const struct workspace_declaration *declaration)
{
    size_t sources = 0;
    for (size_t i = 0; i < declaration->input_count; i++) {
        FUZZ_CHECK(is_plain_path(declaration->inputs[i].path));
        FUZZ_CHECK(i == 0 || declaration->inputs[i - 1].role <= declaration->inputs[i].role);
        sources += declaration->inputs[i].role != WORKSPACE_ROLE_PALETTES ? 1 : 0;
    }
    bool glyph = declaration->format == WORKSPACE_FORMAT_GLYPH_INDEXED;
    FUZZ_CHECK(glyph ? sources >= 1 : sources == 1 && declaration->input_count == 1);
    check_palettes(declaration);
}

static void check_output(const struct workspace_declaration *declaration, const struct naive_json *json)
{
    const struct naive_node *output = child_of(json, &json->nodes[0], "output");
    const struct naive_node *metadata = child_of(json, output, "metadata");
    const struct naive_node *pipeline = child_of(json, output, "pipeline");
    FUZZ_CHECK(declaration->metadata != NULL && cJSON_IsObject(declaration->metadata));
    if (metadata != NULL) {
        check_tree(declaration->metadata, json, metadata, 124);
        FUZZ_CHECK(child_of(json, metadata, "pipeline") == NULL);
    }
    FUZZ_CHECK((declaration->pipeline != NULL) == (pipeline != NULL));
    if (pipeline != NULL) {
        check_tree(declaration->pipeline, json, pipeline, 124);
    }
    FUZZ_CHECK(!declaration->has_decoded_size || declaration->decoded_size <= (uint64_t)exact);
    FUZZ_CHECK(!declaration->has_decoded_size || declaration->format == WORKSPACE_FORMAT_RAW);
    if (declaration->format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        FUZZ_CHECK(declaration->tile_size == 8 || declaration->tile_size == 16 || declaration->tile_size == 32);
        FUZZ_CHECK(declaration->type == WORKSPACE_ASSET_GLYPH);
    }
    FUZZ_CHECK(declaration->format != WORKSPACE_FORMAT_SOUND_PCM16LE || declaration->type == WORKSPACE_ASSET_SOUND);
}

static void check_declaration(const struct workspace_declaration *declaration, const struct naive_json *json,
                              const struct workspace_record *record)
{
    const struct naive_node *root = &json->nodes[0];
    const struct naive_node *name = child_of(json, root, "name");
    FUZZ_CHECK(root->kind == NAIVE_OBJECT && name != NULL && name->kind == NAIVE_STRING);
    check_string(declaration->name, naive_span(json, name));
    FUZZ_CHECK(declaration->name[0] != '\0');
    FUZZ_CHECK_U64(declaration->name_at, name->begin + 1);
    const char *uuid = declaration->asset_uuid;
    FUZZ_CHECK(uuid == NULL || is_uuid(uuid));
    FUZZ_CHECK(record == NULL || (uuid != NULL && strcmp(uuid, record->asset_uuid) == 0));
    FUZZ_CHECK(!declaration->has_slot || (declaration->slot <= 15 && declaration->preload));
    check_inputs(declaration);
    check_output(declaration, json);
}

/* ---- index.json ---- */

static void check_registry(const struct workspace_registry *registry)
{
    for (size_t i = 0; i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        FUZZ_CHECK(record->asset_id >= 1 && (i == 0 || record[-1].asset_id < record->asset_id));
        FUZZ_CHECK(is_uuid(record->asset_uuid) && is_plain_path(record->root));
        FUZZ_CHECK(record->asset_id < registry->next_asset_id);
    }
    FUZZ_CHECK(registry->next_asset_id >= 1 && registry->next_asset_id <= INT64_C(2147483648));
}

/* Printed and read again it is the same. */
static void check_printed(const struct workspace_registry *registry)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_text again = BASE_TEXT_EMPTY;
    struct workspace_registry second;
    struct base_findings findings;
    struct base_place place = BASE_NOWHERE;
    place.file = "index.json";
    base_findings_init(&findings);
    workspace_registry_print(registry, &text);
    FUZZ_CHECK(workspace_registry_parse(base_text_bytes(&text), NULL, &place, &second, &findings));
    workspace_registry_print(&second, &again);
    FUZZ_CHECK_BYTES(base_text_bytes(&again), base_text_bytes(&text));
    workspace_registry_free(&second);
    base_findings_free(&findings);
    base_text_free(&text);
    base_text_free(&again);
}

/* ---- Both ---- */

/* How the text is faulty: by its syntax where it is not JSON or a key repeats, else not by that. */
static void check_refusal(const struct base_findings *findings, const struct naive_json *json, bool is_json,
                          enum diag syntax)
{
    bool found = findings->total[syntax] > 0;
    FUZZ_CHECK(base_findings_errors(findings) > 0);
    FUZZ_CHECK(!base_findings_any(findings, DIAG_CLASS_E) || fuzz_memory_failed());
    if (!is_json) {
        FUZZ_CHECK(found && findings->count == 1);
        /* What is to be corrected, such as a comma before a bracket, may begin before the first faulty byte. */
        FUZZ_CHECK(findings->items[0].place.byte_offset <= json->error_at);
    }
    fuzz_check_findings(findings, json->text.size);
    fuzz_check_lines(findings, json->text);
}

static bool parse(bool registry, struct base_bytes text, const struct workspace_record *record,
                  struct base_findings *findings, struct workspace_registry *index,
                  struct workspace_declaration *declaration)
{
    struct base_place place = BASE_NOWHERE;
    place.file = registry ? "index.json" : "asset.json";
    base_findings_init(findings);
    return registry ? workspace_registry_parse(text, NULL, &place, index, findings)
                    : workspace_declaration_parse(text, &place, record, declaration, findings);
}

static void check_without_memory(bool registry, struct base_bytes text, const struct workspace_record *record,
                                 uint8_t allocation, bool taken)
{
    struct base_findings findings;
    struct workspace_registry index = {.count = 0};
    struct workspace_declaration declaration = {.name = NULL};
    fuzz_memory_fail(allocation);
    bool now = parse(registry, text, record, &findings, &index, &declaration);
    bool failed = fuzz_memory_failed();
    FUZZ_CHECK(!now || taken);
    FUZZ_CHECK(failed || now == taken);
    FUZZ_CHECK(now || findings.out_of_memory || base_findings_errors(&findings) > 0);
    workspace_registry_free(&index);
    workspace_declaration_free(&declaration);
    base_findings_free(&findings);
}

/* ---- The verifier's own reading ---- */

/* The verifier refuses an empty list of palettes with the declaration, the writer with the pictures. */
static bool has_no_palette(const struct workspace_declaration *declaration)
{
    return declaration->format == WORKSPACE_FORMAT_GLYPH_INDEXED && declaration->has_palettes &&
           declaration->palette_count == 0;
}

static void check_second_declaration(const struct workspace_declaration *declaration, bool taken,
                                     struct base_bytes text, const struct workspace_record *record)
{
    struct second_declaration second;
    bool expected = taken && !has_no_palette(declaration);
    FUZZ_CHECK(second_declaration_read(&second, text, record->asset_id, record->asset_uuid) == expected);
    if (expected) {
        FUZZ_CHECK(strcmp(second.name, declaration->name) == 0);
        FUZZ_CHECK(second.bank == (int)declaration->type && second.preload == declaration->preload);
        FUZZ_CHECK(second.has_slot == declaration->has_slot && second.slot == declaration->slot);
        FUZZ_CHECK(second.has_palettes == declaration->has_palettes && second.tile_size == declaration->tile_size);
        FUZZ_CHECK(second.has_decoded_size == declaration->has_decoded_size);
        FUZZ_CHECK_U64(second.decoded_size, declaration->decoded_size);
        FUZZ_CHECK_U64(second.path_count, declaration->input_count);
        for (size_t i = 0; i < second.path_count; i++) {
            FUZZ_CHECK(strcmp(second.paths[i], declaration->inputs[i].path) == 0);
        }
    }
    second_declaration_free(&second);
}

static void check_second_registry(const struct workspace_registry *index, bool taken, struct base_bytes text)
{
    size_t included = 0;
    size_t expected = 0;
    for (size_t i = 0; i < index->count; i++) {
        expected += index->records[i].included_in_build ? 1 : 0;
    }
    FUZZ_CHECK(second_registry_read(text, &included) == taken);
    FUZZ_CHECK(!taken || included == expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char uuid[] = "00000000-0000-4000-8000-000000000000";
    static char root[] = "a";
    const struct workspace_record one = {.asset_id = 1, .asset_uuid = uuid, .root = root, .included_in_build = true};
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t way = fuzz_take_u8(&input);
    uint8_t allocation = fuzz_take_u8(&input);
    struct base_bytes text = fuzz_guard(0, input);
    bool registry = way % 4 == 0;
    const struct workspace_record *record = way % 4 == 1 ? &one : NULL;
    struct base_findings findings;
    struct workspace_registry index = {.count = 0};
    struct workspace_declaration declaration = {.name = NULL};
    struct naive_json json;
    bool is_json = naive_json_read(&json, text);
    fuzz_memory_begin();
    bool taken = parse(registry, text, record, &findings, &index, &declaration);
    FUZZ_CHECK(taken == (base_findings_errors(&findings) == 0));
    if (!taken) {
        check_refusal(&findings, &json, is_json, registry ? DIAG_REGISTRY_SYNTAX : DIAG_DECLARATION_SYNTAX);
    } else if (registry) {
        FUZZ_CHECK(is_json);
        check_registry(&index);
        check_printed(&index);
    } else {
        FUZZ_CHECK(is_json);
        check_declaration(&declaration, &json, record);
    }
    if (registry) {
        check_second_registry(&index, taken, text);
    } else if (record != NULL && text.size <= 1U << 20) {
        check_second_declaration(&declaration, taken, text, record);
    }
    workspace_registry_free(&index);
    workspace_declaration_free(&declaration);
    base_findings_free(&findings);
    if (allocation > 0 && allocation < 128) {
        check_without_memory(registry, text, record, allocation, taken);
    }
    FUZZ_CHECK(fuzz_memory_live() == 0);
    naive_json_free(&json);
    return 0;
}
