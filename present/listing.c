#include "present/findings_text.h"
#include "present/json.h"
#include "present/present.h"
#include "present/quantity.h"
#include "present/table.h"

#include <inttypes.h>

static void emit_asset(struct json_emit *emit, const struct service_listed_asset *asset)
{
    json_emit_object(emit);
    json_emit_key(emit, "asset_id");
    json_emit_i64(emit, asset->asset_id);
    json_emit_key(emit, "asset_uuid");
    json_emit_string(emit, asset->asset_uuid);
    json_emit_key(emit, "root");
    json_emit_string(emit, asset->root);
    json_emit_key(emit, "included_in_build");
    json_emit_bool(emit, asset->included);
    json_emit_key(emit, "name");
    json_emit_string(emit, asset->name);
    json_emit_key(emit, "bank_type");
    json_emit_string(emit, asset->readable ? asset->bank : NULL);
    json_emit_key(emit, "format");
    json_emit_string(emit, asset->readable ? asset->format : NULL);
    json_emit_key(emit, "preload");
    json_emit_bool(emit, asset->preload);
    json_emit_key(emit, "slot");
    if (asset->has_slot) {
        json_emit_u64(emit, asset->slot);
    } else {
        json_emit_null(emit);
    }
    json_emit_object_end(emit);
}

static void print_json(const struct present_output *output, const struct service_listing *listing,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, "list");
    json_emit_key(&emit, "assets");
    json_emit_array(&emit);
    for (size_t i = 0; i < listing->count; i++) {
        emit_asset(&emit, &listing->assets[i]);
    }
    json_emit_array_end(&emit);
    json_emit_key(&emit, "unregistered");
    json_emit_array(&emit);
    for (size_t i = 0; i < listing->unregistered_count; i++) {
        json_emit_string(&emit, listing->unregistered[i]);
    }
    json_emit_array_end(&emit);
    present_json_end(&emit, findings, NULL, output);
    base_text_free(&text);
}

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

static void print_text(const struct present_output *output, const struct service_listing *listing)
{
    char assets[48];
    struct present_table table = {.columns = 0};
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "name", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "format", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "preload", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "built", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "directory below assets/", PRESENT_ALIGN_LEFT);
    for (size_t i = 0; i < listing->count; i++) {
        add_row(&table, &listing->assets[i]);
    }
    if (listing->count > 0) {
        present_table_print(&table, output, 0);
    }
    (void)fprintf(output->out, "%s registered\n",
                  present_quantity_of(listing->count, "asset", "assets", assets, sizeof assets));
    present_table_free(&table);
}

void present_listing(const struct present_output *output, enum service_status status,
                     const struct service_listing *listing, const struct base_findings *findings)
{
    if (output->json) {
        print_json(output, listing, findings);
        return;
    }
    if (!output->quiet && (status == SERVICE_STATUS_WELL || listing->count > 0)) {
        print_text(output, listing);
    }
    present_findings(output, findings, output->err, output->quiet);
}
