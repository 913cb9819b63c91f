/* `add` where an asset.json stands already. */
#include "workspace/add.h"
#include "workspace/declaration.h"
#include "workspace/problem.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An option and what asset.json says instead. `first`/`second` lead to the member. */
struct contradiction {
    const char *option;
    const char *first;
    const char *second;
    const char *asked;
    const char *found;
};

static void refuse(struct pp_document *document, const struct contradiction *contradiction)
{
    struct pp_value root = pp_value_root(document);
    struct pp_value value = pp_value_member(document, root, contradiction->first);
    size_t at = pp_value_present(value) ? value.begin : root.begin;
    if (contradiction->second != NULL) {
        value = pp_value_member(document, value, contradiction->second);
        at = pp_value_present(value) ? value.begin : at;
    }
    pp_document_fault(document, PP_DECLARATION_VALUE, at, contradiction->asked, contradiction->found,
                      "%s contradicts the asset.json that is there: change one of the two", contradiction->option);
}

static void compare_texts(struct pp_document *document, const char *option, const char *first, const char *second,
                          const char *asked, const char *found)
{
    if (asked != NULL && strcmp(asked, found) != 0) {
        refuse(document, &(struct contradiction){option, first, second, asked, found});
    }
}

/* Negative: nothing was asked, or nothing was found. */
static void compare_numbers(struct pp_document *document, const char *option, const char *first, const char *second,
                            int asked, int found)
{
    if (asked < 0 || asked == found) {
        return;
    }
    char asked_text[16];
    char found_text[16];
    (void)snprintf(asked_text, sizeof asked_text, "%d", asked);
    (void)snprintf(found_text, sizeof found_text, "%d", found);
    refuse(document, &(struct contradiction){option, first, second, asked_text, found < 0 ? "none" : found_text});
}

static int tile_size_of(const struct pp_declaration *declaration)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(declaration->metadata, "tile_size");
    return cJSON_IsNumber(value) ? value->valueint : -1;
}

static void check_options(struct pp_document *document, const struct pp_add *add)
{
    const struct pp_add_options *options = add->options;
    const struct pp_declaration *declaration = &add->declaration;
    compare_texts(document, "--type", "type", NULL, options->type, pp_asset_type_name(declaration->type));
    compare_texts(document, "--format", "output", "format", options->format,
                  pp_format_name(declaration->type, declaration->format));
    compare_texts(document, "--name", "name", NULL, options->name, declaration->name);
    compare_numbers(document, "--tile-size", "output", "metadata", options->tile_size, tile_size_of(declaration));
    compare_texts(document, "--preload", "preload", "enabled", options->preload > 0 ? "true" : NULL,
                  declaration->preload ? "true" : "false");
    compare_texts(document, "--no-preload", "preload", "enabled", options->preload == 0 ? "false" : NULL,
                  declaration->preload ? "true" : "false");
    compare_numbers(document, "--slot", "preload", "slot", options->slot,
                    declaration->has_slot ? (int)declaration->slot : -1);
}

static bool check_uuid(struct pp_document *document, const struct pp_add *add)
{
    const struct pp_registry *registry = &add->workspace->registry;
    for (size_t i = 0; i < registry->count; i++) {
        const struct pp_record *record = &registry->records[i];
        if (strcmp(record->asset_uuid, add->declaration.asset_uuid) == 0) {
            struct pp_value value = pp_value_member(document, pp_value_root(document), "asset_uuid");
            pp_value_fault(document, PP_DECLARATION_IDENTITY, value, "a uuid of its own",
                           "this asset_uuid is the one of asset %d already", (int)record->asset_id);
            return false;
        }
    }
    return true;
}

/* Copies asset.json into add->text with the uuid in it; every other byte stays. */
static void insert_uuid(const struct pp_document *document, struct pp_add *add)
{
    struct pp_bytes text = document->text;
    struct pp_value root = pp_value_root(document);
    struct pp_value value = pp_value_member(document, root, "asset_uuid");
    struct pp_text *out = &add->text;
    if (pp_value_present(value)) {
        pp_text_add(out, pp_bytes_make(text.data, value.begin));
        pp_text_add_string(out, add->asset_uuid);
        pp_text_add(out, pp_bytes_make(text.data + value.begin, text.size - value.begin));
        return;
    }
    /* A member of its own in front of the first, behind the same white space. */
    struct pp_walk walk = pp_walk_begin(document, root);
    struct pp_value key;
    if (!pp_walk_member(&walk, &key, &value)) {
        return;
    }
    size_t inside = root.begin + 1;
    size_t quote = key.begin - 1;
    pp_text_add(out, pp_bytes_make(text.data, quote));
    pp_text_addf(out, "\"asset_uuid\": \"%s\",", add->asset_uuid);
    pp_text_add(out, pp_bytes_make(text.data + inside, text.size - inside));
}

static bool adopt(struct pp_add *add, struct pp_bytes text, const struct pp_place *place)
{
    uint64_t before = pp_findings_errors(add->findings);
    struct pp_document document;
    if (!pp_declaration_parse(text, place, NULL, &add->declaration, add->findings) ||
        !pp_document_begin(&document, &pp_document_declaration, text, place, add->findings)) {
        return false;
    }
    check_options(&document, add);
    if (add->declaration.asset_uuid != NULL) {
        if (check_uuid(&document, add)) {
            memcpy(add->asset_uuid, add->declaration.asset_uuid, sizeof add->asset_uuid);
        }
        return pp_nothing_wrong_since(add->findings, before);
    }
    if (!pp_nothing_wrong_since(add->findings, before) || !pp_add_draw_uuid(add)) {
        return false;
    }
    insert_uuid(&document, add);
    return pp_add_check_text(add);
}

bool pp_add_adopt(struct pp_add *add)
{
    struct pp_place place = PP_NOWHERE;
    place.file = add->anchor_display;
    size_t size = 0;
    uint8_t *data = pp_document_read(&pp_document_declaration, add->root_fd, "asset.json", &place, PP_ANCHOR_MISSING,
                                     &size, NULL, add->findings);
    if (data == NULL) {
        return false;
    }
    bool adopted = adopt(add, pp_bytes_make(data, size), &place);
    free(data);
    return adopted;
}
