/* One asset for people: docs/contracts/workspace.md, 8.5. */
#include "present/quantity.h"
#include "present/sprites.h"
#include "present/swatch.h"
#include "present/table.h"
#include "present/text_answers.h"

#include <inttypes.h>

enum { TITLE_WIDTH = 13, TEXT_SHOWN = 4096, UNDECLARED_SHOWN = 20, CHANGES_SHOWN = 20, COLOURS_PER_LINE = 4 };

/* ---- Lines: "title  text" ---- */

static struct base_text begin_line(const char *title)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "  %-*s", TITLE_WIDTH, title);
    return line;
}

static void end_line(const struct present_output *output, struct base_text *line)
{
    base_text_add_char(line, '\n');
    (void)fputs(base_text_string(line), output->out);
    base_text_release(line, output->out_of_memory);
}

static void print_line(const struct present_output *output, const char *title, const char *text)
{
    struct base_text line = begin_line(title);
    base_text_add_printable(&line, base_bytes_of_string(text), TEXT_SHOWN);
    end_line(output, &line);
}

static void print_hash(const struct present_output *output, const char *title, struct base_hash hash)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(hash, hex);
    print_line(output, title, hex);
}

/* ---- The declaration ---- */

static void print_head(const struct present_output *output, const struct service_shown *shown)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_addf(&line, "asset %d", (int)shown->asset_id);
    if (shown->name != NULL) {
        base_text_add_char(&line, ' ');
        base_text_add_quoted(&line, base_bytes_of_string(shown->name), TEXT_SHOWN);
    }
    base_text_add_string(&line, " in ");
    base_text_add_printable(&line, base_bytes_of_string(shown->path), TEXT_SHOWN);
    base_text_add_string(&line, shown->present ? "" : ", which is not there");
    end_line(output, &line);
    print_line(output, "uuid", shown->asset_uuid);
    print_line(output, "in build set", shown->included ? "yes" : "no");
}

static void print_preload(const struct present_output *output, const struct service_shown *shown)
{
    struct base_text line = begin_line("preload");
    if (shown->has_slot) {
        base_text_addf(&line, "slot %u", shown->slot);
    } else {
        base_text_add_string(&line, shown->preload ? "any slot" : "no");
    }
    end_line(output, &line);
}

static void print_declaration(const struct present_output *output, const struct service_shown *shown)
{
    struct base_text line = begin_line("declaration");
    base_text_add_printable(&line, base_bytes_of_string(shown->anchor), TEXT_SHOWN);
    base_text_add_string(&line, shown->valid ? "" : ", which was not accepted");
    end_line(output, &line);
    if (!shown->valid) {
        return;
    }
    line = begin_line("type");
    base_text_addf(&line, "%s, %s", shown->type, shown->format);
    end_line(output, &line);
    if (shown->metadata != NULL) {
        print_line(output, "metadata", shown->metadata);
    }
    if (shown->pipeline != NULL) {
        print_line(output, "pipeline", shown->pipeline);
    }
    print_preload(output, shown);
}

/* ---- Inputs ---- */

static void add_picture(struct base_text *text, const struct service_shown_input *input)
{
    char tiles[PRESENT_QUANTITY_SIZE];
    base_text_addf(text, "%" PRIu32 " x %" PRIu32, input->width, input->height);
    if (input->has_tiles) {
        base_text_addf(text, ", %s", present_quantity_of(input->tiles, "tile", "tiles", tiles, sizeof tiles));
    } else {
        base_text_add_string(text, ", not whole tiles");
    }
}

static void add_sound(struct base_text *text, const struct service_shown_input *input)
{
    char frames[PRESENT_QUANTITY_SIZE];
    char channels[PRESENT_QUANTITY_SIZE];
    uint64_t rate = input->sample_rate;
    base_text_addf(text, "%" PRIu64 " Hz, %s, %s", rate,
                   present_quantity_of(input->channels, "channel", "channels", channels, sizeof channels),
                   present_quantity_of(input->frames, "frame", "frames", frames, sizeof frames));
    if (rate > 0) {
        base_text_addf(text, ", %" PRIu64 ".%03" PRIu64 " s", input->frames / rate, input->frames % rate * 1000 / rate);
    }
}

static void set_content(struct present_table *table, size_t column, const struct service_shown_input *input)
{
    struct base_text text = BASE_TEXT_EMPTY;
    char colours[PRESENT_QUANTITY_SIZE];
    if (!input->readable) {
        base_text_add_string(&text, "cannot be read");
    } else if (input->is_picture) {
        add_picture(&text, input);
    } else if (input->is_sound) {
        add_sound(&text, input);
    } else if (input->colour_count > 0) {
        base_text_add_string(&text,
                             present_quantity_of(input->colour_count, "colour", "colours", colours, sizeof colours));
    }
    present_table_set_text(table, column, &text);
}

static void set_number(struct present_table *table, size_t column, bool has, unsigned number)
{
    char text[PRESENT_QUANTITY_SIZE];
    (void)snprintf(text, sizeof text, "%u", number);
    present_table_set(table, column, has ? text : "");
}

static void print_inputs(const struct present_output *output, const struct service_shown *shown)
{
    struct present_table table = {.columns = 0};
    char text[PRESENT_QUANTITY_SIZE];
    present_table_column(&table, "input", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "file", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "bytes", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "palette", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "tile", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "content", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < shown->input_count; i++) {
        const struct service_shown_input *input = &shown->inputs[i];
        present_table_row(&table);
        present_table_set(&table, 0, input->role);
        present_table_set_bytes(&table, 1, base_bytes_of_string(input->path));
        present_table_set(&table, 2, input->readable ? present_quantity(input->size, text) : "?");
        set_number(&table, 3, input->has_index, input->index);
        set_number(&table, 4, input->has_tile, input->tile);
        set_content(&table, 5, input);
    }
    (void)fputc('\n', output->out);
    present_table_print(&table, output, 2);
    present_table_free(&table);
}

/* How many colours are worth showing: a file that has room for more ends with many zeros, which count as one. */
static size_t count_shown(const struct service_shown_input *input)
{
    size_t count = input->colour_count;
    while (count > 1 && input->colours[count - 1] == 0 && input->colours[count - 2] == 0) {
        count--;
    }
    return count;
}

static void print_colours(const struct present_output *output, const struct service_shown_input *input)
{
    size_t count = count_shown(input);
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, "  ");
    base_text_add_printable(&line, base_bytes_of_string(input->path), TEXT_SHOWN);
    end_line(output, &line);
    line = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < count; i++) {
        base_text_addf(&line, i % COLOURS_PER_LINE == 0 ? "    %2zu " : "   %2zu ", i);
        present_swatch(&line, output->color_out, input->colours[i]);
        base_text_addf(&line, "#%06" PRIx32, input->colours[i]);
        base_text_add_string(&line, (i + 1) % COLOURS_PER_LINE == 0 && i + 1 < count ? "\n" : "");
    }
    if (count < input->colour_count) {
        base_text_addf(&line, ", and so up to entry %zu", input->colour_count - 1);
    }
    end_line(output, &line);
}

static void print_palettes(const struct present_output *output, const struct service_shown *shown)
{
    bool any = false;
    for (size_t i = 0; i < shown->input_count; i++) {
        if (shown->inputs[i].colour_count > 0) {
            (void)fputs(any ? "" : "\n  colours; entry 0 is not drawn\n", output->out);
            any = true;
            print_colours(output, &shown->inputs[i]);
        }
    }
}

static void print_undeclared(const struct present_output *output, const struct service_shown *shown)
{
    const struct base_names *names = &shown->undeclared;
    if (names->count == 0) {
        return;
    }
    (void)fputs("\n  not named in asset.json:\n", output->out);
    for (size_t i = 0; i < names->count && i < UNDECLARED_SHOWN; i++) {
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_add_string(&line, "    ");
        base_text_add_printable(&line, base_bytes_of_string(names->items[i]), TEXT_SHOWN);
        end_line(output, &line);
    }
    if (names->count > UNDECLARED_SHOWN) {
        (void)fprintf(output->out, "    and %zu more\n", names->count - UNDECLARED_SHOWN);
    }
}

/* ---- The last build ---- */

static void print_change(const struct present_output *output, const struct service_changed_source *change)
{
    static const char *const texts[] = {
        [SERVICE_SOURCE_MODIFIED] = "has another content",
        [SERVICE_SOURCE_MISSING] = "cannot be read any more",
        [SERVICE_SOURCE_ADDED] = "was not an input",
        [SERVICE_SOURCE_DROPPED] = "is not an input any more",
        [SERVICE_SOURCE_MOVED] = "was the directory of the asset",
        [SERVICE_SOURCE_UNKNOWN] = "cannot be compared: there is no cache of this build",
    };
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, "    ");
    base_text_add_printable(&line, base_bytes_of_string(change->path), TEXT_SHOWN);
    base_text_addf(&line, " %s", texts[change->change]);
    end_line(output, &line);
}

static void print_sources(const struct present_output *output, const struct service_shown_build *build)
{
    static const char *const texts[] = {
        [SERVICE_SOURCES_SAME] = "the same as now",
        [SERVICE_SOURCES_CHANGED] = "changed since the build",
        [SERVICE_SOURCES_UNKNOWN] = "the same as now, as far as can be seen",
    };
    print_line(output, "sources", texts[build->sources]);
    for (size_t i = 0; i < build->change_count && i < CHANGES_SHOWN; i++) {
        print_change(output, &build->changes[i]);
    }
    if (build->change_count > CHANGES_SHOWN) {
        (void)fprintf(output->out, "    and %zu more\n", build->change_count - CHANGES_SHOWN);
    }
}

static void print_slice(const struct present_output *output, const struct service_shown *shown)
{
    const struct service_shown_build *build = &shown->build;
    char size[PRESENT_QUANTITY_SIZE];
    char position[PRESENT_QUANTITY_SIZE];
    struct base_text line = begin_line("payload");
    base_text_addf(&line, "%s bytes of assets.pa from byte %s on (offset %" PRIu64 ")",
                   present_quantity(build->size, size), present_quantity(build->position, position), build->offset);
    end_line(output, &line);
    print_hash(output, "xxh3-128", build->payload_hash);
    if (!base_hash_equal(build->payload_hash, build->decoded_hash)) {
        print_hash(output, "decoded", build->decoded_hash);
    }
    if (build->has_slot) {
        line = begin_line("preloaded");
        base_text_addf(&line, "into slot %u", build->slot);
        end_line(output, &line);
    }
    print_sources(output, build);
    if (build->tiles != NULL) {
        struct present_table table = present_sprites_begin();
        (void)fputc('\n', output->out);
        present_sprites_add(&table, shown->asset_id, build->tiles);
        present_sprites_end(&table, output, 2);
    }
}

static void print_build(const struct present_output *output, const struct service_shown *shown)
{
    static const char *const texts[] = {
        [SERVICE_BUILT_NOTHING] = ": there is none",
        [SERVICE_BUILT_UNREADABLE] = ": it is damaged, or cannot be read; prpack verify says more",
        [SERVICE_BUILT_WITHOUT] = ": it does not have the asset",
        [SERVICE_BUILT_WITH] = "",
    };
    const struct service_shown_build *build = &shown->build;
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, "\nlast build in ");
    base_text_add_printable(&line, base_bytes_of_string(build->directory), TEXT_SHOWN);
    base_text_add_string(&line, texts[build->built]);
    if (build->has_slice && !shown->included) {
        base_text_add_string(&line, ", which has the asset; the next one will not");
    }
    end_line(output, &line);
    if (build->has_slice) {
        print_slice(output, shown);
    }
}

void present_text_show(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_shown *shown = &answer->result.show;
    if (output->quiet || !shown->known) {
        return;
    }
    print_head(output, shown);
    print_declaration(output, shown);
    if (shown->input_count > 0) {
        print_inputs(output, shown);
    }
    print_palettes(output, shown);
    print_undeclared(output, shown);
    print_build(output, shown);
}
