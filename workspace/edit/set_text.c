#include "workspace/edit/set_text.h"

#include "json/emit.h"
#include "json/object.h"
#include "json/walk.h"

static void add_part(struct base_text *out, struct base_bytes text, size_t begin, size_t end)
{
    base_text_add(out, base_bytes_make(text.data + begin, end - begin));
}

/* A new first member. */
static void insert(struct base_bytes text, struct json_token root, const char *name, const char *value,
                   struct base_text *out)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token first;
    json_walk_begin_inside(&walk, text, root);
    if (!json_walk_member(&walk, &key, &first)) {
        return;
    }
    size_t inside = root.begin + 1;
    size_t quote = key.begin - 1;
    add_part(out, text, 0, quote);
    base_text_addf(out, "\"%s\": ", name);
    json_add_string(out, value);
    base_text_add_char(out, ',');
    add_part(out, text, inside, text.size);
}

void workspace_set_text(struct base_bytes text, const char *name, const char *value, struct base_text *out)
{
    struct json_token root = json_root(text, NULL);
    struct json_token old = json_object_member(text, root, name);
    if (old.kind == JSON_END) {
        insert(text, root, name, value, out);
        return;
    }
    size_t quote = old.kind == JSON_STRING ? 1 : 0; /* the bytes of a string are those between the quotes */
    add_part(out, text, 0, old.begin - quote);
    json_add_string(out, value);
    add_part(out, text, old.end + quote, text.size);
}
