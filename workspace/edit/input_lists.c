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

/* What a list gets more. */
struct added {
    print_element print;
    const void *elements;
    size_t count;
};

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

/* ---- Layout ---- */

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

/* The layout of an object, and where its first key begins. False: it has no member. */
static bool find_layout(struct base_bytes text, struct json_token object, size_t *begin, struct layout *layout)
{
    struct json_walk walk;
    struct json_token key;
    struct json_token value;
    json_walk_begin_inside(&walk, text, object);
    if (!json_walk_member(&walk, &key, &value)) {
        return false;
    }
    size_t inside = object.begin + 1;
    *begin = key.begin - 1; /* its quote is not in the token */
    *layout = layout_of(base_bytes_make(text.data + inside, *begin - inside));
    return true;
}

/* A list that is the value of a member laid out so. */
static void print_list(const struct layout *layout, const struct added *added, struct base_text *out)
{
    base_text_add_char(out, '[');
    for (size_t i = 0; i < added->count; i++) {
        base_text_add_string(out, i == 0 ? "" : layout->newline[0] != '\0' ? "," : ", ");
        base_text_add_string(out, layout->newline);
        base_text_add(out, layout->indent);
        base_text_add_string(out, layout->unit);
        added->print(out, added->elements, i);
    }
    base_text_add_string(out, layout->newline);
    base_text_add(out, layout->indent);
    base_text_add_char(out, ']');
}

/* ---- A list that is there ---- */

/* An empty list of `inputs` is laid out anew. */
static void fill(struct base_bytes text, struct json_token inputs, struct json_token list, const struct added *added,
                 struct base_text *out)
{
    size_t begin;
    struct layout layout;
    if (!find_layout(text, inputs, &begin, &layout)) {
        return; /* not the object that has the list */
    }
    add_part(out, text, 0, list.begin);
    print_list(&layout, added, out);
    add_part(out, text, list.end, text.size);
}

/* New elements get the white space of the last one. */
static void extend(struct base_bytes text, struct json_token inputs, struct json_token list, const struct added *added,
                   struct base_text *out)
{
    struct json_walk walk;
    struct json_token element;
    struct json_token last = {.kind = JSON_END};
    json_walk_begin_inside(&walk, text, list);
    while (json_walk_element(&walk, &element)) {
        last = element;
    }
    if (last.kind == JSON_END) {
        fill(text, inputs, list, added, out);
        return;
    }
    if (last.kind == JSON_STRING) { /* its quotes are not in the token */
        last.begin--;
        last.end++;
    }
    size_t blanks = begin_of_blanks(text, last.begin);
    add_part(out, text, 0, last.end);
    for (size_t i = 0; i < added->count; i++) {
        base_text_add_char(out, ',');
        if (blanks == last.begin) {
            base_text_add_char(out, ' ');
        }
        add_part(out, text, blanks, last.begin);
        added->print(out, added->elements, i);
    }
    add_part(out, text, last.end, text.size);
}

/* ---- A new list ---- */

/* A new first member of `inputs`, after the white space of the old one. */
static void insert(struct base_bytes text, struct json_token inputs, const struct added *palettes,
                   struct base_text *out)
{
    size_t begin;
    struct layout layout;
    if (!find_layout(text, inputs, &begin, &layout)) {
        return; /* a declaration that was accepted has sprites */
    }
    size_t inside = inputs.begin + 1;
    add_part(out, text, 0, begin);
    base_text_add_string(out, "\"palettes\": ");
    print_list(&layout, palettes, out);
    base_text_add_string(out, inside == begin ? ", " : ",");
    add_part(out, text, inside, text.size);
}

void workspace_input_lists_add_palettes(struct base_bytes text, const struct workspace_new_palette *palettes,
                                        size_t count, struct base_text *out)
{
    const struct added added = {.print = add_palette, .elements = palettes, .count = count};
    struct json_token inputs = json_object_member(text, json_root(text, NULL), "inputs");
    struct json_token list = json_object_member(text, inputs, "palettes");
    if (list.kind != JSON_END) {
        extend(text, inputs, list, &added, out);
    } else {
        insert(text, inputs, &added, out);
    }
}

void workspace_input_lists_add_sprites(struct base_bytes text, const char *const *sprites, size_t count,
                                       struct base_text *out)
{
    const struct added added = {.print = add_sprite, .elements = sprites, .count = count};
    struct json_token inputs = json_object_member(text, json_root(text, NULL), "inputs");
    extend(text, inputs, json_object_member(text, inputs, "sprites"), &added, out);
}
