#include "service/ids/constants.h"

#include "base/array.h"
#include "base/report.h"
#include "base/sort.h"
#include "service/ids/identifier.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void service_constant_add_asset(struct base_text *text, const struct service_entry *entry)
{
    base_text_add_char(text, '_');
    if (service_identifier_has_any(entry->name)) {
        service_identifier_add(text, entry->name);
    } else {
        base_text_addf(text, "%" PRId32, entry->asset_id);
    }
}

/* The path of a sprite without ".png" at its end; NULL when memory ran out. The caller frees it. */
static char *name_of(const struct service_sprite *sprite)
{
    char *name = malloc(sprite->path.size + 1);
    if (name == NULL) {
        return NULL;
    }
    size_t size = json_unescape(sprite->path, (uint8_t *)name, sprite->path.size);
    name[size] = '\0';
    if (size > 4 && strcasecmp(name + size - 4, ".png") == 0) {
        name[size - 4] = '\0';
    }
    return name;
}

void service_constant_add_sprite(struct base_text *text, const struct service_entry *entry,
                                 const struct service_sprite *sprite, unsigned use)
{
    char *name = name_of(sprite);
    service_constant_add_asset(text, entry);
    if (name == NULL) {
        text->out_of_memory = true;
        return;
    }
    service_identifier_add(text, "_");
    service_identifier_add(text, name);
    if (use > 1) {
        base_text_addf(text, "_%u", use);
    }
    free(name);
}

/* ---- Two with one name ---- */

/* A constant and what has it. */
struct constant {
    char *name; /* with its first word, for assets and sprites apart */
    char *owner;
    int32_t asset_id;
    size_t order;
};

struct constants {
    struct constant *items;
    size_t count;
    size_t capacity;
    bool out_of_memory;
};

/* Takes both texts. */
static void add(struct constants *constants, int32_t asset_id, struct base_text *name, struct base_text *owner)
{
    struct constant *items =
        base_array_grow(constants->items, constants->count, &constants->capacity, sizeof *constants->items);
    constants->items = items != NULL ? items : constants->items;
    struct constant constant = {
        .name = base_text_take(name),
        .owner = base_text_take(owner),
        .asset_id = asset_id,
        .order = constants->count,
    };
    if (items == NULL || constant.name == NULL || constant.owner == NULL) {
        free(constant.name);
        free(constant.owner);
        constants->out_of_memory = true;
        return;
    }
    items[constants->count++] = constant;
}

static void add_asset(struct constants *constants, const struct service_entry *entry)
{
    struct base_text name = BASE_TEXT_EMPTY;
    struct base_text owner = BASE_TEXT_EMPTY;
    base_text_add_string(&name, "ASSET_ID");
    service_constant_add_asset(&name, entry);
    base_text_add_char(&owner, '"');
    base_text_add_printable(&owner, base_bytes_of_string(entry->name), 80);
    base_text_addf(&owner, "\" (asset %" PRId32 ")", entry->asset_id);
    add(constants, entry->asset_id, &name, &owner);
}

static void add_sprite(struct constants *constants, const struct service_entry *entry,
                       const struct service_sprite *sprite, unsigned use)
{
    struct base_text name = BASE_TEXT_EMPTY;
    struct base_text owner = BASE_TEXT_EMPTY;
    base_text_add_string(&name, "SPRITE_TILE");
    service_constant_add_sprite(&name, entry, sprite, use);
    base_text_add_char(&owner, '"');
    base_text_add_printable(&owner, sprite->path, 80);
    base_text_addf(&owner, "\" of asset %" PRId32, entry->asset_id);
    add(constants, entry->asset_id, &name, &owner);
}

static void collect(struct constants *constants, const struct service_report *report)
{
    for (size_t i = 0; i < report->asset_count && !constants->out_of_memory; i++) {
        const struct service_entry entry = service_entry_read(report, i);
        struct service_sprite sprite;
        struct service_sprites sprites = service_sprites_begin(entry.tiles);
        add_asset(constants, &entry);
        while (!constants->out_of_memory && service_sprites_next(&sprites, &sprite)) {
            add_sprite(constants, &entry, &sprite, service_sprites_use(&sprites, &sprite));
        }
    }
}

static int by_name(const void *left, const void *right)
{
    const struct constant *a = left;
    const struct constant *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static void report_clash(const char *file, const struct constant *first, const struct constant *second,
                         struct base_findings *findings)
{
    const struct base_details details = {
        .place = {.file = file, .has_asset_id = true, .asset_id = second->asset_id},
        .expected = "a name of its own",
        .actual = second->name,
    };
    base_report(findings, DIAG_IDENTIFIER_CLASH, &details, "the names %s and %s become one identifier of C",
                first->owner, second->owner);
}

static bool check(struct constants *constants, const char *file, struct base_findings *findings)
{
    bool apart = true;
    size_t first = 0;
    (void)base_sort(constants->items, constants->count, sizeof *constants->items, by_name, NULL);
    for (size_t i = 1; i < constants->count; i++) {
        bool same = strcmp(constants->items[i].name, constants->items[first].name) == 0;
        if (same) {
            report_clash(file, &constants->items[first], &constants->items[i], findings);
            apart = false;
        }
        first = same ? first : i;
    }
    return apart;
}

bool service_constants_check(const struct service_report *report, struct base_findings *findings)
{
    struct constants constants = {.items = NULL};
    collect(&constants, report);
    if (constants.out_of_memory) {
        base_report_out_of_memory(findings, report->file);
    }
    bool apart = !constants.out_of_memory && check(&constants, report->file, findings);
    for (size_t i = 0; i < constants.count; i++) {
        free(constants.items[i].name);
        free(constants.items[i].owner);
    }
    free(constants.items);
    return apart;
}
