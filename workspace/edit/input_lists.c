#include "workspace/edit/input_lists.h"

#include "workspace/palette_text.h"
#include "json/emit.h"
#include "json/object.h"
#include "json/walk.h"

#include <string.h>

static void add_part(struct base_text *out, struct base_bytes text, size_t begin, size_t end)
{
    base_text_add(out, base_bytes_make(text.data + begin, end - begin));
}

/* Appends the element of that number. */
typedef void (*print_element)(struct base_text *out, const void *elements, size_t number);

static void add_palette(struct base_text *out, const void *elements, size_t number)
{
    const struct workspace_new_palette *palette = (const struct workspace_new_palette *)elements + number;
    workspace_print_palette(out, palette->index, palette->path);
}

static void add_sprite(struct base_text *out, const void *elements, size_t number)
{
    json_add_string(out, ((const char *const *)elements)[number]);
}

/* Where the white space begins that ends at `end`. */
static size_t begin_of_blanks(struct base_bytes text, size_t end)
{
    while (end > 0 && strchr(" \t\r\n", text.data[end - 1]) != NULL && text.data[end - 1] != '\0') {
        end--;
    }
    return end;
}

/* ---- A list that is there ---- */

/* New elements get the white space of the last one. */
static void extend(struct base_bytes text, struct json_token list, print_element print, const void *elements,
                   size_t count, struct base_text *out)
{
    struct json_walk walk;
    struct json_token element;
    struct json_token last = {.begin = list.begin + 1, .end = list.begin + 1};
    json_walk_begin_inside(&walk, text, list);
    while (json_walk_element(&walk, &element)) {
        last = element;
    }
    if (last.kind == JSON_STRING) { /* its quotes are not in the token */
        last.begin--;
        last.end++;
    }
    size_t blanks = begin_of_blanks(text, last.begin);
    add_part(out, text, 0, last.end);
    for (size_t i = 0; i < count; i++) {
        base_text_add_char(out, ',');
        if (blanks == last.begin) {
            base_text_add_char(out, ' ');
        }
        add_part(out, text, blanks, last.begin);
        print(out, elements, i);
    }
    add_part(out, text, last.end, text.size);
}

/* ---- A new list ---- */

/* How the members of an object are laid out. */
struct layout {
    const char *newline;      /* "" when they are in one line */
    struct base_bytes indent; /* of each member */
    const char *unit;         /* what an inner level has more */
};

static struct layout layout_of(struct base_bytes blanks)
{
    struct layout layout = {.newline = "", .indent = base_bytes_make(blanks.data, 0), .unit = ""};
    for (size_t i = blanks.size; i > 0; i--) {
        if (blanks.data[i - 1] != '\n') {
            continue;
        }
        layout.newline = i > 1 && blanks.data[i - 2] == '\r' ? "\r\n" : "\n";
        layout.indent = base_bytes_make(blanks.data + i, blanks.size - i);
        layout.unit = layout.indent.size > 0 && layout.indent.data[0] == '\t' ? "\t" : "  ";
        break;
    }
    return layout;
}

/* A new first member of `inputs`, after the white space of the old one. */
static void insert(struct base_bytes text, struct json_token inputs, const struct workspace_new_palette *palettes,
                   size_t count, struct base_text *out)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    json_walk_begin_inside(&walk, text, inputs);
    if (!json_walk_member(&walk, &key, &value)) {
        return; /* a declaration that was accepted has sprites */
    }
    size_t inside = inputs.begin + 1;
    size_t quote = key.begin - 1;
    struct layout layout = layout_of(base_bytes_make(text.data + inside, quote - inside));
    bool in_lines = layout.newline[0] != '\0';
    add_part(out, text, 0, quote);
    base_text_add_string(out, "\"palettes\": [");
    for (size_t i = 0; i < count; i++) {
        base_text_add_string(out, i == 0 ? "" : in_lines ? "," : ", ");
        base_text_add_string(out, layout.newline);
        base_text_add(out, layout.indent);
        base_text_add_string(out, layout.unit);
        add_palette(out, palettes, i);
    }
    base_text_add_string(out, layout.newline);
    base_text_add(out, layout.indent);
    base_text_add_string(out, inside == quote ? "], " : "],");
    add_part(out, text, inside, text.size);
}

void workspace_input_lists_add_palettes(struct base_bytes text, const struct workspace_new_palette *palettes,
                                        size_t count, struct base_text *out)
{
    struct json_token inputs = json_object_member(text, json_root(text, NULL), "inputs");
    struct json_token list = json_object_member(text, inputs, "palettes");
    if (list.kind != JSON_END) {
        extend(text, list, add_palette, palettes, count, out);
    } else {
        insert(text, inputs, palettes, count, out);
    }
}

void workspace_input_lists_add_sprites(struct base_bytes text, const char *const *sprites, size_t count,
                                       struct base_text *out)
{
    struct json_token inputs = json_object_member(text, json_root(text, NULL), "inputs");
    extend(text, json_object_member(text, inputs, "sprites"), add_sprite, sprites, count, out);
}
