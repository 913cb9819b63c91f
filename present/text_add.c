#include "base/text.h"
#include "present/quantity.h"
#include "present/text_answers.h"

enum { FIRST = 3, SHOWN = 6, NAME_SHOWN = 60 };

/* One name, with the number of colours if it is a strip. */
static void add_one(struct base_text *text, const char *name, uint32_t strip_colours)
{
    base_text_add_printable(text, base_bytes_of_string(name), NAME_SHOWN);
    if (strip_colours > 0) {
        base_text_addf(text, " (a strip of %u colours)", (unsigned)strip_colours);
    }
}

/* "  sprites: a.png, b.png, c.png … z.png (26)": all of them, or the first three, the last one and the number.
 * strip_colours may be NULL. */
static void add_names(struct base_text *text, const char *one, const char *many, const struct base_names *names,
                      const uint32_t *strip_colours)
{
    bool all = names->count <= SHOWN;
    if (names->count == 0) {
        return;
    }
    base_text_addf(text, "  %s: ", names->count == 1 ? one : many);
    for (size_t i = 0; i < (all ? names->count : FIRST); i++) {
        base_text_add_string(text, i > 0 ? ", " : "");
        add_one(text, names->items[i], strip_colours != NULL ? strip_colours[i] : 0);
    }
    if (!all) {
        size_t last = names->count - 1;
        base_text_add_string(text, " … ");
        add_one(text, names->items[last], strip_colours != NULL ? strip_colours[last] : 0);
        base_text_addf(text, " (%zu)", names->count);
    }
    base_text_add_char(text, '\n');
}

static void add_contents(struct base_text *text, const struct service_add_result *result)
{
    add_names(text, "palette", "palettes", &result->palettes, result->strip_colours);
    add_names(text, "sprite", "sprites", &result->sprites, NULL);
    add_names(text, "ignored", "ignored", &result->ignored, NULL);
}

/* Says why the new sprites of an update come last. */
static void add_late(struct base_text *text, const struct service_add_result *result)
{
    if (result->late.count == 0) {
        return;
    }
    bool one = result->sprites.count == 1;
    base_text_add_string(text, "  ");
    if (one) {
        add_one(text, result->late.items[0], 0);
    } else {
        base_text_addf(text, "the %zu new sprites", result->sprites.count);
    }
    base_text_addf(text, " come%s last, after ", one ? "s" : "");
    add_one(text, result->late.items[1], 0);
    base_text_add_string(text, ", so that tiles keep their numbers; order the list in asset.json by hand if ");
    add_one(text, result->late.items[0], 0);
    base_text_add_string(text, " is meant to come earlier\n");
}

/* "added asset 3", "would update asset 3" … */
static const char *done_of(const struct service_add_result *result)
{
    if (!result->update) {
        return result->dry_run ? "would add asset" : "added asset";
    }
    if (!result->updated) {
        return "nothing is new of asset";
    }
    return result->dry_run ? "would update asset" : "updated asset";
}

/* One line for all roots, if there are several: each of them has a line of its own before it. */
static void print_total(const struct present_output *output, const struct service_add_result *result)
{
    static const char *const done[2][2] = {{"added", "would add"}, {"updated", "would update"}};
    char text[PRESENT_QUANTITY_SIZE];
    if (result->last && result->total > 1) {
        (void)fprintf(output->out, "%s %s assets\n", done[result->update][result->dry_run],
                      present_quantity(result->total, text));
    }
}

void present_text_add(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_add_result *result = &answer->result.add;
    if (!result->added || output->quiet) {
        return;
    }
    static const char *const notes[2][2] = {
        {"\n", " (wrote its asset.json)\n"},
        {" (moved it there)\n", " (moved it there, and wrote its asset.json)\n"},
    };
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "%s %d \"", done_of(result), (int)result->asset_id);
    base_text_add_printable(&line, base_bytes_of_string(result->name), 200);
    if (result->update) {
        base_text_add_string(&line, "\" in ");
    } else {
        base_text_addf(&line, "\" as %s from ", result->format);
    }
    base_text_add_printable(&line, base_bytes_of_string(result->path), 4096);
    base_text_add_string(&line, result->dry_run ? "\n" : notes[result->moved][result->wrote_declaration]);
    add_contents(&line, result);
    add_late(&line, result);
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
    /* All new roots share the registry, which is the last file of each plan: it is shown once. */
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count - (result->last || result->update ? 0 : 1));
    }
    print_total(output, result);
}
