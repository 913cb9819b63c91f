#include "service/sprites.h"

#include "json/object.h"

struct service_sprites service_sprites_begin(const char *tiles)
{
    struct base_bytes text = base_bytes_of_string(tiles != NULL ? tiles : "[]");
    struct service_sprites sprites = {.list = json_root(text, NULL)};
    json_walk_begin_inside(&sprites.walk, text, sprites.list);
    return sprites;
}

static int64_t number(struct base_bytes text, struct json_token object, const char *name)
{
    int64_t value = 0;
    (void)json_token_integer(text, json_object_member(text, object, name), 0, JSON_EXACT_MAX, &value);
    return value;
}

bool service_sprites_next(struct service_sprites *sprites, struct service_sprite *sprite)
{
    struct json_token element;
    if (!json_walk_element(&sprites->walk, &element)) {
        return false;
    }
    struct base_bytes text = sprites->walk.text;
    struct json_token palette = json_object_member(text, element, "palette");
    *sprite = (struct service_sprite){
        .path = json_span(text, json_object_member(text, element, "path")),
        .tile = number(text, element, "tile"),
        .columns = number(text, element, "columns"),
        .rows = number(text, element, "rows"),
        .has_palette = palette.kind == JSON_NUMBER,
        .palette = number(text, element, "palette"),
        .palettes = json_token_bytes(text, json_object_member(text, element, "palettes")),
        .at = element.begin,
    };
    return true;
}

unsigned service_sprites_use(const struct service_sprites *sprites, const struct service_sprite *sprite)
{
    struct base_bytes text = sprites->walk.text;
    struct json_walk walk;
    struct json_token other;
    unsigned use = 1;
    json_walk_begin_inside(&walk, text, sprites->list);
    while (json_walk_element(&walk, &other) && other.begin < sprite->at) {
        struct base_bytes path = json_span(text, json_object_member(text, other, "path"));
        use += base_bytes_equal(path, sprite->path);
    }
    return use;
}
