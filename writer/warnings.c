#include "writer/warnings.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

bool writer_warnings_add(struct writer_warnings *warnings, const struct writer_warning *warning)
{
    struct writer_warning *items =
        base_array_grow(warnings->items, warnings->count, &warnings->capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    warnings->items = items;
    if (!base_names_take(&warnings->messages, strdup(warning->message))) {
        return false;
    }
    items[warnings->count] = *warning;
    items[warnings->count].message = warnings->messages.items[warnings->count];
    warnings->count++;
    return true;
}

void writer_warnings_free(struct writer_warnings *warnings)
{
    free(warnings->items);
    base_names_free(&warnings->messages);
    *warnings = (struct writer_warnings){.items = NULL};
}

void writer_warning_report(const struct writer_warning *warning, const char *file, int32_t asset_id,
                           struct base_findings *findings)
{
    const struct base_details details = {
        .place = {.file = file,
                  .has_pixel = warning->has_pixel,
                  .x = warning->x,
                  .y = warning->y,
                  .has_tile = warning->has_pixel,
                  .tile = warning->tile,
                  .pixels = warning->pixels,
                  .tiles = warning->tiles,
                  .has_asset_id = true,
                  .asset_id = asset_id},
        .severity = BASE_WARNING,
    };
    base_report(findings, warning->diagnostic, &details, "%s", warning->message);
}
