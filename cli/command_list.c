#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/quantity.h"
#include "cli/report_json.h"
#include "cli/table.h"

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

static void print_json(const struct cli_context *context, const struct service_listing *listing,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    cli_json_report_begin(&emit, "list");
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
    cli_json_report_end(&emit, findings, NULL, context);
    base_text_free(&text);
}

static void add_row(struct cli_text_table *table, const struct service_listed_asset *asset)
{
    char text[CLI_QUANTITY_SIZE];
    cli_text_table_row(table);
    (void)snprintf(text, sizeof text, "%" PRId32, asset->asset_id);
    cli_text_table_set(table, 0, text);
    cli_text_table_set_bytes(table, 1, base_bytes_of_string(asset->readable ? asset->name : "?"));
    cli_text_table_set(table, 2, asset->readable ? asset->format : "?");
    (void)snprintf(text, sizeof text, "slot %" PRIu32, asset->slot);
    cli_text_table_set(table, 3, !asset->preload ? "-" : asset->has_slot ? text : "any slot");
    cli_text_table_set(table, 4, asset->included ? "yes" : "no");
    cli_text_table_set_bytes(table, 5, base_bytes_of_string(asset->root));
}

static void print_text(const struct cli_context *context, const struct service_listing *listing)
{
    char assets[48];
    struct cli_text_table table = {.columns = 0};
    cli_text_table_column(&table, "id", CLI_ALIGN_RIGHT);
    cli_text_table_column(&table, "name", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "format", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "preload", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "built", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "directory below assets/", CLI_ALIGN_LEFT);
    for (size_t i = 0; i < listing->count; i++) {
        add_row(&table, &listing->assets[i]);
    }
    if (listing->count > 0) {
        cli_text_table_print(&table, context, 0);
    }
    (void)fprintf(context->out, "%s registered\n",
                  cli_quantity_of(listing->count, "asset", "assets", assets, sizeof assets));
    cli_text_table_free(&table);
}

enum service_status cli_command_list(const struct cli_context *context)
{
    struct service_listing listing;
    struct base_findings findings;
    base_findings_init(&findings);
    enum service_status status = service_list(".", &listing, &findings);
    if (context->json) {
        print_json(context, &listing, &findings);
    } else {
        if (!context->quiet && (status == SERVICE_STATUS_WELL || listing.count > 0)) {
            print_text(context, &listing);
        }
        cli_findings_print(&findings, context->err, context->color_err, context->quiet);
    }
    service_listing_free(&listing);
    base_findings_free(&findings);
    return status;
}
