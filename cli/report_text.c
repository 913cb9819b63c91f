#include "cli/report_text.h"

#include "base/json.h"
#include "cli/color.h"
#include "cli/details.h"
#include "cli/findings_text.h"
#include "cli/quantity.h"
#include "cli/table.h"

#include <inttypes.h>
#include <string.h>

static const char *verdict_word(enum pp_verdict verdict)
{
    return verdict == PP_VERDICT_YES ? "yes" : verdict == PP_VERDICT_NO ? "no" : "unknown";
}

static enum pp_color verdict_color(enum pp_verdict verdict)
{
    return verdict == PP_VERDICT_YES ? PP_COLOR_GREEN : verdict == PP_VERDICT_NO ? PP_COLOR_RED : PP_COLOR_YELLOW;
}

static void print_verdict(const struct pp_context *context, const char *question, enum pp_verdict verdict,
                          const char *meaning)
{
    (void)fprintf(context->out, "  %s: %s%s%s  %s\n", question, pp_color(context->color_out, verdict_color(verdict)),
                  verdict_word(verdict), pp_color(context->color_out, PP_COLOR_PLAIN), meaning);
}

static const char *meaning_of(enum pp_verdict verdict, const char *yes, const char *no)
{
    return verdict == PP_VERDICT_YES ? yes : verdict == PP_VERDICT_NO ? no : "(it could not be judged)";
}

void pp_report_print_verdicts(const struct pp_context *context, const struct pp_report *report)
{
    print_verdict(context, "loads", report->loads,
                  meaning_of(report->loads, "(the console accepts it)", "(the console refuses it)"));
    print_verdict(
        context, "conforms", report->conforms,
        meaning_of(report->conforms, "(it is what the packer promises)", "(it is not what the packer promises)"));
}

static void print_printable(const struct pp_context *context, const char *before, const char *text)
{
    struct pp_text shown = PP_TEXT_EMPTY;
    pp_text_add_printable(&shown, pp_bytes_of_string(text != NULL ? text : "?"), 4096);
    (void)fprintf(context->out, "%s%s", before, pp_text_string(&shown));
    *context->starved = *context->starved || pp_text_failed(&shown);
    pp_text_free(&shown);
}

static bool knows_cartridge(const struct pp_report *report)
{
    return report->cartridge.title != NULL || report->cartridge.app_version != NULL ||
           report->cartridge.app_mode != NULL;
}

static void print_cartridge(const struct pp_context *context, const struct pp_report *report)
{
    if (report->kind != PP_REPORT_CARTRIDGE || !knows_cartridge(report)) {
        return;
    }
    print_printable(context, "  cartridge: ", report->cartridge.title);
    print_printable(context, ", version ", report->cartridge.app_version);
    print_printable(context, ", mode ", report->cartridge.app_mode);
    (void)fprintf(context->out, ", capability asset %s\n",
                  report->cartridge.declares_asset ? "declared" : "not declared");
}

static void print_prelude(FILE *out, const struct pp_report *report)
{
    char size[PP_QUANTITY_SIZE];
    char header[PP_QUANTITY_SIZE];
    char payload[PP_QUANTITY_SIZE];
    if (!report->has_prelude) {
        return;
    }
    (void)fprintf(out, "  %s bytes: %s, header %s bytes, payload region at %s\n", pp_quantity(report->file_size, size),
                  report->legacy ? "legacy prelude PPA1 24 bytes" : "prelude 32 bytes",
                  pp_quantity(report->prelude.header_len, header),
                  pp_quantity(report->prelude.payload_offset, payload));
}

/* The slots that a report's preload gives an asset, such as "0" or "0, 3"; "-" for none. */
static void set_slots(struct pp_text_table *table, const struct pp_report *report, const struct pp_asset_report *asset,
                      size_t column)
{
    struct pp_text slots = PP_TEXT_EMPTY;
    for (size_t i = 0; i < report->preload_count && slots.size < 20; i++) {
        const struct pp_preload_report *preload = &report->preload[i];
        if (asset->has_asset_id && preload->has_asset_id && preload->has_slot && preload->asset_id == asset->asset_id) {
            pp_text_addf(&slots, "%s%" PRIu64, slots.size > 0 ? ", " : "", preload->slot);
        }
    }
    if (slots.size == 0) {
        pp_text_add_char(&slots, '-');
    }
    pp_text_table_set_text(table, column, &slots);
}

static void set_quantity(struct pp_text_table *table, size_t column, bool known, uint64_t value)
{
    char buffer[PP_QUANTITY_SIZE];
    pp_text_table_set(table, column, known ? pp_quantity(value, buffer) : "?");
}

static void set_string(struct pp_text_table *table, size_t column, const char *string)
{
    pp_text_table_set_bytes(table, column, pp_bytes_of_string(string != NULL ? string : "?"));
}

static void add_asset(struct pp_text_table *table, const struct pp_report *report, const struct pp_asset_report *asset)
{
    char text[PP_HASH_HEX + 1];
    pp_text_table_row(table);
    (void)snprintf(text, sizeof text, "%" PRId64, asset->asset_id);
    pp_text_table_set(table, 0, asset->has_asset_id ? text : "?");
    set_string(table, 1, asset->name);
    set_string(table, 2, asset->bank);
    set_slots(table, report, asset, 3);
    set_quantity(table, 4, asset->has_offset, asset->offset);
    set_quantity(table, 5, asset->has_size, asset->size);
    set_quantity(table, 6, asset->has_decoded_size, asset->decoded_size);
    if (asset->has_hash) {
        pp_hash_to_hex(asset->payload_hash, text);
    }
    pp_text_table_set(table, 7, asset->has_hash ? text : "-");
    struct pp_text details = PP_TEXT_EMPTY;
    pp_details_add(&details, asset);
    pp_text_table_set_text(table, 8, &details);
}

static void print_assets(const struct pp_context *context, const struct pp_report *report)
{
    struct pp_text_table table = {.columns = 0};
    if (report->asset_count == 0) {
        (void)fputs(report->has_prelude ? "  no assets\n" : "", context->out);
        return;
    }
    pp_text_table_column(&table, "id", PP_ALIGN_RIGHT);
    pp_text_table_column(&table, "name", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "bank", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "slot", PP_ALIGN_RIGHT);
    pp_text_table_column(&table, "offset", PP_ALIGN_RIGHT);
    pp_text_table_column(&table, "stored", PP_ALIGN_RIGHT);
    pp_text_table_column(&table, "resident", PP_ALIGN_RIGHT);
    pp_text_table_column(&table, "payload xxh3-128", PP_ALIGN_LEFT);
    pp_text_table_column(&table, "details", PP_ALIGN_LEFT);
    for (size_t i = 0; i < report->asset_count; i++) {
        add_asset(&table, report, &report->assets[i]);
    }
    (void)fputc('\n', context->out);
    pp_text_table_print(&table, context, 2);
    (void)fputc('\n', context->out);
    pp_text_table_free(&table);
}

static void print_checked(FILE *out, const struct pp_report *report)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    (void)fprintf(out, "  checked: %s, %s, %s",
                  pp_quantity_of(report->checked.assets, "asset", "assets", assets, sizeof assets),
                  pp_quantity_of(report->checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  pp_quantity_of(report->checked.hashes, "recorded hash", "recorded hashes", hashes, sizeof hashes));
    if (report->checked.companions > 0) {
        (void)fprintf(out, ", %s",
                      pp_quantity_of(report->checked.companions, "companion", "companions", assets, sizeof assets));
    }
    if (report->checked.sources > 0) {
        (void)fprintf(out, ", %s",
                      pp_quantity_of(report->checked.sources, "source file", "source files", assets, sizeof assets));
    }
    (void)fputc('\n', out);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        (void)fprintf(out, "  not checked: %s\n", report->not_checked[i]);
    }
}

void pp_report_print(const struct pp_context *context, const struct pp_report *report)
{
    (void)fputs(pp_color(context->color_out, PP_COLOR_BOLD), context->out);
    print_printable(context, "", report->file);
    (void)fprintf(context->out, "%s\n", pp_color(context->color_out, PP_COLOR_PLAIN));
    pp_report_print_verdicts(context, report);
    print_cartridge(context, report);
    print_prelude(context->out, report);
    print_assets(context, report);
    print_checked(context->out, report);
    if (report->findings.count > 0 || report->findings.out_of_memory) {
        (void)fputc('\n', context->out);
        pp_findings_print(&report->findings, context->out, context->color_out, false);
    }
}
