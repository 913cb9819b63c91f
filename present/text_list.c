#include "present/quantity.h"
#include "present/sprites.h"
#include "present/table.h"
#include "present/text_answers.h"

#include <inttypes.h>

static void add_row(struct present_table *table, const struct service_listed_asset *asset)
{
    char text[PRESENT_QUANTITY_SIZE];
    present_table_row(table);
    (void)snprintf(text, sizeof text, "%" PRId32, asset->asset_id);
    present_table_set(table, 0, text);
    present_table_set_bytes(table, 1, base_bytes_of_string(asset->readable ? asset->name : "?"));
    present_table_set(table, 2, asset->readable ? asset->format : "?");
    (void)snprintf(text, sizeof text, "slot %" PRIu32, asset->slot);
    present_table_set(table, 3, !asset->preload ? "-" : asset->has_slot ? text : "any slot");
    present_table_set(table, 4, asset->included ? "yes" : "no");
    present_table_set_bytes(table, 5, base_bytes_of_string(asset->root));
}

/* As they were published last. */
static void print_sprites(const struct present_output *output, const struct service_listing *listing)
{
    struct present_table table = present_sprites_begin();
    for (size_t i = 0; i < listing->count; i++) {
        present_sprites_add(&table, listing->assets[i].asset_id, listing->assets[i].tiles);
    }
    if (table.rows > 0) {
        (void)fputc('\n', output->out);
    }
    present_sprites_end(&table, output, 0);
}

static void print_listing(const struct present_output *output, const struct service_listing *listing)
{
    char assets[48];
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "name", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "format", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "preload", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "in build set", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "directory below assets/", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < listing->count; i++) {
        add_row(&table, &listing->assets[i]);
    }
    if (listing->count > 0) {
        present_table_print(&table, output, 0);
    }
    print_sprites(output, listing);
    (void)fprintf(output->out, "%s registered\n",
                  present_quantity_of(listing->count, "asset", "assets", assets, sizeof assets));
    present_table_free(&table);
}

void present_text_list(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_listing *listing = &answer->result.list;
    if (!output->quiet && (answer->status == SERVICE_STATUS_WELL || listing->count > 0)) {
        print_listing(output, listing);
    }
}
