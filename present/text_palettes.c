#include "present/quantity.h"
#include "present/table.h"
#include "present/text_answers.h"

enum { MOST_PARTS = 20 };

static void print_count(const struct present_output *output, const struct service_palettes_result *result)
{
    struct base_text line = BASE_TEXT_EMPTY;
    char text[PRESENT_QUANTITY_SIZE];
    base_text_add_printable(&line, base_bytes_of_string(result->root), 4096);
    base_text_addf(&line, ": %s", present_quantity_of(result->found, "palette", "palettes", text, sizeof text));
    if (result->proven) {
        base_text_add_string(&line, ", proven to be the fewest\n");
    } else {
        base_text_addf(&line, "; %zu are needed at least, whether these are enough is not proven\n", result->bound);
    }
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
}

static const char *state_of(const struct service_palette_found *found)
{
    static const char *const states[] = {
        [SERVICE_PALETTE_KEPT] = "kept", [SERVICE_PALETTE_FILLED] = "filled", [SERVICE_PALETTE_NEW] = "new"};
    return states[found->state];
}

static size_t count_users(const struct service_palettes_result *result, uint32_t index)
{
    size_t users = 0;
    for (size_t i = 0; i < result->sprites.count; i++) {
        const struct service_painted_sprite *sprite = &result->sprites.items[i];
        bool uses = sprite->one && sprite->palette == index;
        for (size_t k = 0; k < sprite->tile_count; k++) {
            uses = uses || sprite->tiles[k] == index;
        }
        users += uses;
    }
    return users;
}

static void print_palettes(const struct present_output *output, const struct service_palettes_result *result)
{
    struct present_table table = {.columns = 0};
    present_table_column(&table, "palette", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "colours", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "sprites", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "file", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < result->palette_count; i++) {
        const struct service_palette_found *found = &result->palettes[i];
        char text[PRESENT_QUANTITY_SIZE];
        present_table_row(&table);
        (void)snprintf(text, sizeof text, "%u", (unsigned)found->index);
        present_table_set(&table, 0, text);
        present_table_set(&table, 1, state_of(found));
        (void)snprintf(text, sizeof text, "%zu", found->colour_count);
        present_table_set(&table, 2, text);
        (void)snprintf(text, sizeof text, "%zu", count_users(result, found->index));
        present_table_set(&table, 3, text);
        present_table_set_bytes(&table, 4, base_bytes_of_string(found->path));
    }
    present_table_print(&table, output, 2);
    present_table_free(&table);
}

static void print_part(const struct present_output *output, const struct service_conflict_part *part)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_string(&line, "  ");
    base_text_add_printable(&line, base_bytes_of_string(part->path), 4096);
    if (part->has_tile) {
        base_text_addf(&line, ", tile %zu at %u,%u", part->tile, (unsigned)part->x, (unsigned)part->y);
    }
    base_text_addf(&line, ": %zu colours", part->colours);
    if (part->has_excess) {
        base_text_addf(&line, ", %zu too many", part->excess);
    }
    base_text_add_char(&line, '\n');
    (void)fputs(base_text_string(&line), output->out);
    base_text_release(&line, output->out_of_memory);
}

static void print_conflict(const struct present_output *output, const struct service_palettes_result *result)
{
    (void)fputs("these do not fit together:\n", output->out);
    for (size_t i = 0; i < result->part_count && i < MOST_PARTS; i++) {
        print_part(output, &result->parts[i]);
    }
    if (result->part_count > MOST_PARTS) {
        (void)fprintf(output->out, "  and %zu more\n", result->part_count - MOST_PARTS);
    }
}

void present_text_palettes(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_palettes_result *result = &answer->result.palettes;
    if (output->quiet) {
        return;
    }
    if (result->conflict && result->part_count > 0) {
        print_conflict(output, result);
    }
    if (!result->done) {
        return;
    }
    print_count(output, result);
    if (result->palette_count > 0) {
        print_palettes(output, result);
    }
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
    } else {
        present_text_done(output, &result->plan);
    }
}
