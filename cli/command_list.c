#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/quantity.h"
#include "cli/report_json.h"
#include "cli/table.h"

#include <inttypes.h>

static void emit_asset(struct pp_json_emit *emit, const struct pp_listed_asset *asset)
{
    pp_json_emit_object(emit);
    pp_json_emit_key(emit, "asset_id");
    pp_json_emit_i64(emit, asset->asset_id);
    pp_json_emit_key(emit, "asset_uuid");
    pp_json_emit_string(emit, asset->asset_uuid);
    pp_json_emit_key(emit, "root");
    pp_json_emit_string(emit, asset->root);
    pp_json_emit_key(emit, "included_in_build");
    pp_json_emit_bool(emit, asset->included);
    pp_json_emit_key(emit, "name");
    pp_json_emit_string(emit, asset->name);
    pp_json_emit_key(emit, "bank_type");
    pp_json_emit_string(emit, asset->readable ? asset->bank : NULL);
    pp_json_emit_key(emit, "format");
    pp_json_emit_string(emit, asset->readable ? asset->format : NULL);
    pp_json_emit_key(emit, "preload");
    pp_json_emit_bool(emit, asset->preload);
    pp_json_emit_key(emit, "slot");
    if (asset->has_slot) {
        pp_json_emit_u64(emit, asset->slot);
    } else {
        pp_json_emit_null(emit);
    }
    pp_json_emit_object_end(emit);
}

static void print_json(const struct pp_context *context, const struct pp_listing *listing,
                       const struct pp_findings *findings)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_report_begin(&emit, "list");
    pp_json_emit_key(&emit, "assets");
    pp_json_emit_array(&emit);
    for (size_t i = 0; i < listing->count; i++) {
        emit_asset(&emit, &listing->assets[i]);
    }
    pp_json_emit_array_end(&emit);
    pp_json_emit_key(&emit, "unregistered");
    pp_json_emit_array(&emit);
    for (size_t i = 0; i < listing->unregistered_count; i++) {
        pp_json_emit_string(&emit, listing->unregistered[i]);
    }
    pp_json_emit_array_end(&emit);
    pp_json_report_end(&emit, findings, NULL, context);
    pp_text_free(&text);
}

static void add_row(struct pp_text_table *table, const struct pp_listed_asset *asset)
{
    char text[PP_QUANTITY_SIZE];
    pp_text_table_row(table);
    (void)snprintf(text, sizeof text, "%" PRId32, asset->asset_id);
    pp_text_table_set(table, 0, text);
    pp_text_table_set_bytes(table, 1, pp_bytes_of_string(asset->readable ? asset->name : "?"));
    pp_text_table_set(table, 2, asset->readable ? asset->format : "?");
    (void)snprintf(text, sizeof text, "slot %" PRIu32, asset->slot);
    pp_text_table_set(table, 3, !asset->preload ? "-" : asset->has_slot ? text : "any slot");
    pp_text_table_set(table, 4, asset->included ? "yes" : "no");
    pp_text_table_set_bytes(table, 5, pp_bytes_of_string(asset->root));
}

static void print_text(const struct pp_context *context, const struct pp_listing *listing)
{
    char assets[48];
    struct pp_text_table table = {.columns = 0};
    pp_text_table_column(&table, "id", PP_ALIGN_RIGHT);
    pp_text_table_column(&table, "name", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "format", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "preload", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "built", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "directory below assets/", PP_ALIGN_LEFT);
    for (size_t i = 0; i < listing->count; i++) {
        add_row(&table, &listing->assets[i]);
    }
    if (listing->count > 0) {
        pp_text_table_print(&table, context, 0);
    }
    (void)fprintf(context->out, "%s registered\n",
                  pp_quantity_of(listing->count, "asset", "assets", assets, sizeof assets));
    pp_text_table_free(&table);
}

enum pp_status pp_command_list(const struct pp_context *context)
{
    struct pp_listing listing;
    struct pp_findings findings;
    pp_findings_init(&findings);
    enum pp_status status = pp_service_list(".", &listing, &findings);
    if (context->json) {
        print_json(context, &listing, &findings);
    } else {
        if (!context->quiet && (status == PP_STATUS_WELL || listing.count > 0)) {
            print_text(context, &listing);
        }
        pp_findings_print(&findings, context->err, context->color_err, context->quiet);
    }
    pp_listing_free(&listing);
    pp_findings_free(&findings);
    return status;
}
