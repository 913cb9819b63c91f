#include "workspace/edit/adopt.h"

#include "workspace/declaration/declaration.h"
#include "workspace/declared_place.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/document/value.h"
#include "workspace/edit/set_text.h"
#include "workspace/model/limits.h"
#include "workspace/presence.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was asked for, and what asset.json says instead. `first`/`second` lead to the member. */
struct contradiction {
    enum workspace_field field;
    const char *first;
    const char *second;
    const char *asked;
    const char *found;
};

static void refuse(struct workspace_document *document, const struct contradiction *contradiction)
{
    struct json_token root = json_root(document->text, NULL);
    struct json_token value = json_object_member(document->text, root, contradiction->first);
    size_t at = workspace_value_present(value) ? value.begin : root.begin;
    if (contradiction->second != NULL) {
        value = json_object_member(document->text, value, contradiction->second);
        at = workspace_value_present(value) ? value.begin : at;
    }
    document->request_field = contradiction->field;
    workspace_document_fault(document, DIAG_DECLARATION_VALUE, at, contradiction->asked, contradiction->found,
                             "asset.json does not say what was asked for");
    document->request_field = WORKSPACE_FIELD_NONE;
}

static void compare_texts(struct workspace_document *document, enum workspace_field field, const char *first,
                          const char *second, const char *asked, const char *found)
{
    if (asked != NULL && strcmp(asked, found) != 0) {
        refuse(document, &(struct contradiction){field, first, second, asked, found});
    }
}

/* Negative: nothing was asked, or nothing was found. */
static void compare_numbers(struct workspace_document *document, enum workspace_field field, const char *first,
                            const char *second, int asked, int found)
{
    if (asked < 0 || asked == found) {
        return;
    }
    char asked_text[16];
    char found_text[16];
    (void)snprintf(asked_text, sizeof asked_text, "%d", asked);
    (void)snprintf(found_text, sizeof found_text, "%d", found);
    refuse(document, &(struct contradiction){field, first, second, asked_text, found < 0 ? "none" : found_text});
}

static int tile_size_of(const struct workspace_declaration *declaration)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(declaration->metadata, "tile_size");
    return cJSON_IsNumber(value) ? value->valueint : -1;
}

static void check_options(struct workspace_document *document, const struct workspace_addition *add)
{
    const struct workspace_add_options *options = add->options;
    const struct workspace_declaration *declaration = &add->declaration;
    compare_texts(document, WORKSPACE_FIELD_ADD_TYPE, "type", NULL, options->type,
                  workspace_asset_type_name(declaration->type));
    compare_texts(document, WORKSPACE_FIELD_ADD_FORMAT, "output", "format", options->format,
                  workspace_format_name(declaration->type, declaration->format));
    compare_texts(document, WORKSPACE_FIELD_ADD_NAME, "name", NULL, options->name, declaration->name);
    compare_numbers(document, WORKSPACE_FIELD_ADD_TILE_SIZE, "output", "metadata", options->tile_size,
                    tile_size_of(declaration));
    compare_texts(document, WORKSPACE_FIELD_ADD_PAD, "output", "pipeline", options->pad ? "\"pad\": true" : NULL,
                  declaration->rules.pad ? "\"pad\": true" : "no padding");
    const char *channels = workspace_channels_name(declaration->channels);
    compare_texts(document, WORKSPACE_FIELD_ADD_CHANNELS, "output", "pipeline", options->channels,
                  channels != NULL ? channels : "no channels");
    const char *preload = options->preload < 0 ? NULL : options->preload > 0 ? "true" : "false";
    compare_texts(document, WORKSPACE_FIELD_ADD_PRELOAD, "preload", "enabled", preload,
                  declaration->preload ? "true" : "false");
    compare_numbers(document, WORKSPACE_FIELD_ADD_SLOT, "preload", "slot", options->slot,
                    declaration->has_slot ? (int)declaration->slot : -1);
}

/* Whether the asset is not where its record says, so that it may have been moved. */
static bool is_lost(const struct workspace_addition *add, int32_t asset_id)
{
    const struct workspace_record *record = workspace_registry_find(&add->workspace->registry, asset_id);
    return record != NULL && /* else an earlier root of the same plan has the id */
           workspace_presence_of(add->workspace, record, NULL) == WORKSPACE_LOST;
}

bool workspace_add_check_uuid(struct workspace_addition *add)
{
    int32_t other = workspace_taken_uuid(add->taken, add->asset_uuid);
    if (other != 0) {
        struct workspace_record record;
        const struct workspace_asset asset = workspace_addition_asset(add, &record);
        bool moved = is_lost(add, other);
        const struct base_details details = {
            .place.json_pointer = "/asset_uuid",
            .expected = "a uuid of its own",
            .actual = add->asset_uuid,
            .cause = moved ? DIAG_CAUSE_IDENTITY_MOVED : DIAG_CAUSE_IDENTITY_COPY,
            .subject = add->root_display,
        };
        workspace_report_declared(add->workspace, &asset, add->findings, DIAG_DECLARATION_IDENTITY, &details,
                                  moved ? "this asset_uuid is the one of asset %d already, whose directory is gone"
                                        : "this asset_uuid is the one of asset %d already",
                                  (int)other);
    }
    return other == 0;
}

static bool adopt(struct workspace_addition *add, struct base_bytes text, const struct base_content *seen)
{
    const struct base_place place = workspace_add_anchor_place(add);
    uint64_t before = base_findings_errors(add->findings);
    struct workspace_document document;
    if (!workspace_declaration_parse(text, &place, NULL, &add->declaration, add->findings) ||
        !workspace_document_begin(&document, &workspace_document_declaration, text, NULL, &place, add->findings)) {
        return false;
    }
    check_options(&document, add);
    add->declaration.anchor = *seen;
    if (add->declaration.asset_uuid != NULL && !add->copy) {
        memcpy(add->asset_uuid, add->declaration.asset_uuid, sizeof add->asset_uuid);
        return workspace_add_check_uuid(add) && workspace_nothing_wrong_since(add->findings, before);
    }
    if (!workspace_nothing_wrong_since(add->findings, before) || !workspace_add_draw_uuid(add)) {
        return false;
    }
    workspace_set_text(text, "asset_uuid", add->asset_uuid, &add->text);
    bool fine = workspace_add_check_text(add);
    add->declaration.anchor = *seen; /* places are those of the file as it is */
    return fine;
}

bool workspace_add_adopt(struct workspace_addition *add)
{
    size_t size = 0;
    struct base_content seen;
    uint8_t *data = workspace_add_read_anchor(add, &size, &seen);
    if (data == NULL) {
        return false;
    }
    bool adopted = adopt(add, base_bytes_make(data, size), &seen) &&
                   workspace_contents_declare(&add->contents, &add->declaration, add->findings);
    free(data);
    return adopted;
}
