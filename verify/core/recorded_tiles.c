#include "verify/core/recorded_tiles.h"

#include "json/value.h"

void verify_recorded_tiles_begin(struct json_walk *walk, const struct verify_record *record, size_t asset)
{
    struct json_token list = {
        .kind = JSON_ARRAY_BEGIN, .begin = record->assets[asset].tiles_at, .end = record->text.size};
    json_walk_begin_inside(walk, record->text, list);
}

bool verify_recorded_tiles_next(struct json_walk *walk, struct verify_recorded_sprite *sprite)
{
    const struct {
        const char *name;
        struct json_token *value;
    } members[] = {{"columns", &sprite->columns}, {"palette", &sprite->palette}, {"palettes", &sprite->palettes},
                   {"path", &sprite->path},       {"rows", &sprite->rows},       {"tile", &sprite->tile}};
    struct json_walk object;
    struct json_token key;
    struct json_token value;
    *sprite = (struct verify_recorded_sprite){.object.kind = JSON_END};
    if (!json_walk_element(walk, &sprite->object)) {
        return false;
    }
    json_walk_begin_inside(&object, walk->text, sprite->object);
    while (json_walk_member(&object, &key, &value)) {
        for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
            if (json_equals(json_span(walk->text, key), members[i].name)) {
                *members[i].value = value;
            }
        }
    }
    return true;
}

bool verify_recorded_tiles_next_range(struct json_walk *walk, struct verify_tile_range *range)
{
    struct verify_recorded_sprite sprite;
    uint64_t first = 0;
    uint64_t columns = 0;
    uint64_t rows = 0;
    if (!verify_recorded_tiles_next(walk, &sprite) || !json_token_unsigned(walk->text, sprite.tile, &first) ||
        !json_token_unsigned(walk->text, sprite.columns, &columns) ||
        !json_token_unsigned(walk->text, sprite.rows, &rows)) {
        return false;
    }
    *range = (struct verify_tile_range){(uint32_t)first, (uint32_t)columns, (uint32_t)rows};
    return true;
}
