#include "cli/report_text.h"

#include "cli/color.h"
#include "cli/details.h"
#include "cli/findings_text.h"
#include "cli/quantity.h"
#include "cli/table.h"
#include "json/tokenizer.h"

#include <inttypes.h>
#include <string.h>

static const char *verdict_word(enum verify_verdict verdict)
{
    return verdict == VERIFY_VERDICT_YES ? "yes" : verdict == VERIFY_VERDICT_NO ? "no" : "unknown";
}

static enum cli_color verdict_color(enum verify_verdict verdict)
{
    return verdict == VERIFY_VERDICT_YES  ? CLI_COLOR_GREEN
           : verdict == VERIFY_VERDICT_NO ? CLI_COLOR_RED
                                          : CLI_COLOR_YELLOW;
}

static void print_verdict(const struct cli_context *context, const char *question, enum verify_verdict verdict,
                          const char *meaning)
{
    (void)fprintf(context->out, "  %s: %s%s%s  %s\n", question, cli_color(context->color_out, verdict_color(verdict)),
                  verdict_word(verdict), cli_color(context->color_out, CLI_COLOR_PLAIN), meaning);
}

static const char *meaning_of(enum verify_verdict verdict, const char *yes, const char *no)
{
    return verdict == VERIFY_VERDICT_YES ? yes : verdict == VERIFY_VERDICT_NO ? no : "(it could not be judged)";
}

void cli_report_print_verdicts(const struct cli_context *context, const struct verify_report *report)
{
    print_verdict(context, "loads", report->loads,
                  meaning_of(report->loads, "(the console accepts it)", "(the console refuses it)"));
    print_verdict(
        context, "conforms", report->conforms,
        meaning_of(report->conforms, "(it is what the packer promises)", "(it is not what the packer promises)"));
}

static void print_printable(const struct cli_context *context, const char *before, const char *text)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, base_bytes_of_string(text != NULL ? text : "?"), 4096);
    (void)fprintf(context->out, "%s%s", before, base_text_string(&shown));
    base_text_release(&shown, context->out_of_memory);
}

static bool knows_cartridge(const struct verify_report *report)
{
    return report->cartridge.title != NULL || report->cartridge.app_version != NULL ||
           report->cartridge.app_mode != NULL;
}

static void print_cartridge(const struct cli_context *context, const struct verify_report *report)
{
    if (report->kind != VERIFY_REPORT_CARTRIDGE || !knows_cartridge(report)) {
        return;
    }
    print_printable(context, "  cartridge: ", report->cartridge.title);
    print_printable(context, ", version ", report->cartridge.app_version);
    print_printable(context, ", mode ", report->cartridge.app_mode);
    (void)fprintf(context->out, ", capability asset %s\n",
                  report->cartridge.declares_asset ? "declared" : "not declared");
}

static void print_prelude(FILE *out, const struct verify_report *report)
{
    char size[CLI_QUANTITY_SIZE];
    char header[CLI_QUANTITY_SIZE];
    char payload[CLI_QUANTITY_SIZE];
    if (!report->has_prelude) {
        return;
    }
    (void)fprintf(out, "  %s bytes: %s, header %s bytes, payload region at %s\n", cli_quantity(report->file_size, size),
                  report->legacy ? "legacy prelude PPA1 24 bytes" : "prelude 32 bytes",
                  cli_quantity(report->prelude.header_len, header),
                  cli_quantity(report->prelude.payload_offset, payload));
}

/* The slots that a report's preload gives an asset, such as "0" or "0, 3"; "-" for none. */
static void set_slots(struct cli_text_table *table, const struct verify_report *report,
                      const struct verify_asset_report *asset, size_t column)
{
    struct base_text slots = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < report->preload_count && slots.size < 20; i++) {
        const struct verify_preload_report *preload = &report->preload[i];
        if (asset->has_asset_id && preload->has_asset_id && preload->has_slot && preload->asset_id == asset->asset_id) {
            base_text_addf(&slots, "%s%" PRIu64, slots.size > 0 ? ", " : "", preload->slot);
        }
    }
    if (slots.size == 0) {
        base_text_add_char(&slots, '-');
    }
    cli_text_table_set_text(table, column, &slots);
}

static void set_quantity(struct cli_text_table *table, size_t column, bool known, uint64_t value)
{
    char buffer[CLI_QUANTITY_SIZE];
    cli_text_table_set(table, column, known ? cli_quantity(value, buffer) : "?");
}

static void set_string(struct cli_text_table *table, size_t column, const char *string)
{
    cli_text_table_set_bytes(table, column, base_bytes_of_string(string != NULL ? string : "?"));
}

static void add_asset(struct cli_text_table *table, const struct verify_report *report,
                      const struct verify_asset_report *asset)
{
    char text[BASE_HASH_HEX + 1];
    cli_text_table_row(table);
    (void)snprintf(text, sizeof text, "%" PRId64, asset->asset_id);
    cli_text_table_set(table, 0, asset->has_asset_id ? text : "?");
    set_string(table, 1, asset->name);
    set_string(table, 2, asset->bank);
    set_slots(table, report, asset, 3);
    set_quantity(table, 4, asset->has_offset, asset->offset);
    set_quantity(table, 5, asset->has_size, asset->size);
    set_quantity(table, 6, asset->has_decoded_size, asset->decoded_size);
    if (asset->has_hash) {
        base_hash_to_hex(asset->payload_hash, text);
    }
    cli_text_table_set(table, 7, asset->has_hash ? text : "-");
    struct base_text details = BASE_TEXT_EMPTY;
    cli_details_add(&details, asset);
    cli_text_table_set_text(table, 8, &details);
}

static void print_assets(const struct cli_context *context, const struct verify_report *report)
{
    struct cli_text_table table = {.columns = 0};
    if (report->asset_count == 0) {
        (void)fputs(report->has_prelude ? "  no assets\n" : "", context->out);
        return;
    }
    cli_text_table_column(&table, "id", CLI_ALIGN_RIGHT);
    cli_text_table_column(&table, "name", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "bank", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "slot", CLI_ALIGN_RIGHT);
    cli_text_table_column(&table, "offset", CLI_ALIGN_RIGHT);
    cli_text_table_column(&table, "stored", CLI_ALIGN_RIGHT);
    cli_text_table_column(&table, "resident", CLI_ALIGN_RIGHT);
    cli_text_table_column(&table, "payload xxh3-128", CLI_ALIGN_LEFT);
    cli_text_table_column(&table, "details", CLI_ALIGN_LEFT);
    for (size_t i = 0; i < report->asset_count; i++) {
        add_asset(&table, report, &report->assets[i]);
    }
    (void)fputc('\n', context->out);
    cli_text_table_print(&table, context, 2);
    (void)fputc('\n', context->out);
    cli_text_table_free(&table);
}

static void print_checked(FILE *out, const struct verify_report *report)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    (void)fprintf(out, "  checked: %s, %s, %s",
                  cli_quantity_of(report->checked.assets, "asset", "assets", assets, sizeof assets),
                  cli_quantity_of(report->checked.bytes, "byte", "bytes", bytes, sizeof bytes),
                  cli_quantity_of(report->checked.hashes, "recorded hash", "recorded hashes", hashes, sizeof hashes));
    if (report->checked.companions > 0) {
        (void)fprintf(out, ", %s",
                      cli_quantity_of(report->checked.companions, "companion", "companions", assets, sizeof assets));
    }
    if (report->checked.sources > 0) {
        (void)fprintf(out, ", %s",
                      cli_quantity_of(report->checked.sources, "source file", "source files", assets, sizeof assets));
    }
    (void)fputc('\n', out);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        (void)fprintf(out, "  not checked: %s\n", report->not_checked[i]);
    }
}

void cli_report_print(const struct cli_context *context, const struct verify_report *report)
{
    (void)fputs(cli_color(context->color_out, CLI_COLOR_BOLD), context->out);
    print_printable(context, "", report->file);
    (void)fprintf(context->out, "%s\n", cli_color(context->color_out, CLI_COLOR_PLAIN));
    cli_report_print_verdicts(context, report);
    print_cartridge(context, report);
    print_prelude(context->out, report);
    print_assets(context, report);
    print_checked(context->out, report);
    if (report->findings.count > 0 || report->findings.out_of_memory) {
        (void)fputc('\n', context->out);
        cli_findings_print(&report->findings, context->out, context->color_out, false);
    }
}
