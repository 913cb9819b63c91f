#include "present/color.h"
#include "present/details.h"
#include "present/quantity.h"
#include "present/slots.h"
#include "present/sprites.h"
#include "present/table.h"
#include "present/text_answers.h"

#include <inttypes.h>

static const char *verdict_word(enum service_verdict verdict)
{
    return verdict == SERVICE_VERDICT_YES ? "yes" : verdict == SERVICE_VERDICT_NO ? "no" : "unknown";
}

static enum present_color verdict_color(enum service_verdict verdict)
{
    return verdict == SERVICE_VERDICT_YES  ? PRESENT_COLOR_GREEN
           : verdict == SERVICE_VERDICT_NO ? PRESENT_COLOR_RED
                                           : PRESENT_COLOR_YELLOW;
}

/* ignored: how many findings would have made it no. */
static void print_verdict(const struct present_output *output, const char *question, enum service_verdict verdict,
                          uint64_t ignored, const char *meaning)
{
    char words[48];
    (void)fprintf(output->out, "  %s: %s%s%s%s%s%s  %s\n", question,
                  present_color(output->color_out, verdict_color(verdict)), verdict_word(verdict),
                  present_color(output->color_out, PRESENT_COLOR_PLAIN), ignored > 0 ? ", " : "",
                  ignored > 0 ? present_quantity_of(ignored, "finding", "findings", words, sizeof words) : "",
                  ignored > 0 ? " ignored" : "", meaning);
}

static const char *meaning_of(enum service_verdict verdict, const char *yes, const char *no)
{
    return verdict == SERVICE_VERDICT_YES ? yes : verdict == SERVICE_VERDICT_NO ? no : "(it could not be checked)";
}

void present_text_verdicts(const struct present_output *output, const struct service_report *report,
                           const struct base_findings *findings)
{
    const uint64_t *ignored = findings->ignored_errors;
    uint64_t unconforming = report->conforms == SERVICE_VERDICT_YES ? ignored[DIAG_CLASS_C] : 0;
    uint64_t unmatched = report->matches == SERVICE_VERDICT_YES ? ignored[DIAG_CLASS_C] + ignored[DIAG_CLASS_W] : 0;
    print_verdict(output, "loads", report->loads, 0,
                  meaning_of(report->loads, "(the console accepts it)", "(the console need not accept it)"));
    print_verdict(
        output, "conforms", report->conforms, unconforming,
        meaning_of(report->conforms,
                   unconforming > 0 ? "(without ignoring them it would not)" : "(it is what the packer promises)",
                   "(it is not what the packer promises)"));
    if (report->matches != SERVICE_VERDICT_UNKNOWN) { /* else it was not asked, or the findings say what failed */
        print_verdict(output, "matches", report->matches, unmatched,
                      meaning_of(report->matches,
                                 unmatched > 0 ? "(without ignoring them it would not)"
                                               : "(the packer would write it for this workspace)",
                                 "(the packer would not write it for this workspace)"));
    }
}

static void print_printable(const struct present_output *output, const char *before, const char *text)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, base_bytes_of_string(text != NULL ? text : "?"), 4096);
    (void)fprintf(output->out, "%s%s", before, base_text_string(&shown));
    base_text_release(&shown, output->out_of_memory);
}

static bool knows_cartridge(const struct service_report *report)
{
    return report->cartridge.title != NULL || report->cartridge.app_version != NULL ||
           report->cartridge.app_mode != NULL;
}

static void print_cartridge(const struct present_output *output, const struct service_report *report)
{
    if (report->kind != SERVICE_REPORT_CARTRIDGE || !knows_cartridge(report)) {
        return;
    }
    print_printable(output, "  cartridge: ", report->cartridge.title);
    print_printable(output, ", version ", report->cartridge.app_version);
    print_printable(output, ", mode ", report->cartridge.app_mode);
    (void)fprintf(output->out, ", capability asset %s\n",
                  report->cartridge.declares_asset ? "declared" : "not declared");
}

static void print_prelude(FILE *out, const struct service_report *report)
{
    char size[PRESENT_QUANTITY_SIZE];
    char header[PRESENT_QUANTITY_SIZE];
    char payload[PRESENT_QUANTITY_SIZE];
    if (!report->has_prelude) {
        return;
    }
    (void)fprintf(out, "  %s bytes: %s, header %s bytes, payload region at %s\n",
                  present_quantity(report->file_size, size),
                  report->prelude.legacy ? "legacy prelude PPA1 24 bytes" : "prelude 32 bytes",
                  present_quantity(report->prelude.header_len, header),
                  present_quantity(report->prelude.payload_offset, payload));
}

static void set_quantity(struct present_table *table, size_t column, bool known, uint64_t value)
{
    char buffer[PRESENT_QUANTITY_SIZE];
    present_table_set(table, column, known ? present_quantity(value, buffer) : "?");
}

static void set_string(struct present_table *table, size_t column, const char *string)
{
    present_table_set_bytes(table, column, base_bytes_of_string(string != NULL ? string : "?"));
}

static void add_asset(struct present_table *table, const struct present_slots *slots,
                      const struct service_report_asset *asset)
{
    char text[BASE_HASH_HEX + 1];
    struct base_text slot = BASE_TEXT_EMPTY;
    present_table_row(table);
    (void)snprintf(text, sizeof text, "%" PRId64, asset->asset_id);
    present_table_set(table, 0, asset->has_asset_id ? text : "?");
    set_string(table, 1, asset->name);
    set_string(table, 2, asset->bank);
    present_slots_add(&slot, slots, asset);
    present_table_set_text(table, 3, &slot);
    set_quantity(table, 4, asset->has_offset, asset->offset);
    set_quantity(table, 5, asset->has_size, asset->size);
    set_quantity(table, 6, asset->has_decoded_size, asset->decoded_size);
    if (asset->has_hash) {
        base_hash_to_hex(asset->payload_hash, text);
    }
    present_table_set(table, 7, asset->has_hash ? text : "-");
    struct base_text details = BASE_TEXT_EMPTY;
    present_details_add(&details, asset);
    present_table_set_text(table, 8, &details);
}

static void print_assets(const struct present_output *output, const struct service_report *report)
{
    struct present_table table = {.columns = 0};
    if (report->asset_count == 0) {
        (void)fputs(report->has_prelude ? "  no assets\n" : "", output->out);
        return;
    }
    present_table_column(&table, "id", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "name", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "bank", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "slot", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "offset", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "stored", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "resident", PRESENT_ALIGN_RIGHT);
    present_table_column(&table, "payload xxh3-128", PRESENT_ALIGN_LEFT);
    present_table_column(&table, "details", PRESENT_ALIGN_LEFT);
    struct present_slots slots = present_slots_make(report);
    table.out_of_memory = slots.out_of_memory;
    for (size_t i = 0; i < report->asset_count; i++) {
        const struct service_report_asset asset = service_report_asset(report, i);
        add_asset(&table, &slots, &asset);
    }
    present_slots_free(&slots);
    (void)fputc('\n', output->out);
    present_table_print(&table, output, 2);
    (void)fputc('\n', output->out);
    present_table_free(&table);
}

/* Of a build directory: no pack says where its sprites are. */
static void print_sprites(const struct present_output *output, const struct service_report *report)
{
    struct present_table table = present_sprites_begin();
    for (size_t i = 0; i < report->asset_count; i++) {
        const struct service_report_asset asset = service_report_asset(report, i);
        present_sprites_add(&table, asset.asset_id, asset.tiles);
    }
    present_sprites_end(&table, output, 2);
}

static void print_checked(FILE *out, const struct service_report *report)
{
    char assets[48];
    char bytes[48];
    char hashes[48];
    (void)fprintf(
        out, "  checked: %s, %s, %s",
        present_quantity_of(report->checked.assets, "asset", "assets", assets, sizeof assets),
        present_quantity_of(report->checked.bytes, "byte", "bytes", bytes, sizeof bytes),
        present_quantity_of(report->checked.hashes, "recorded hash", "recorded hashes", hashes, sizeof hashes));
    if (report->checked.companions > 0) {
        (void)fprintf(
            out, ", %s",
            present_quantity_of(report->checked.companions, "companion", "companions", assets, sizeof assets));
    }
    if (report->checked.sources > 0) {
        (void)fprintf(
            out, ", %s",
            present_quantity_of(report->checked.sources, "source file", "source files", assets, sizeof assets));
    }
    (void)fputc('\n', out);
    for (size_t i = 0; i < report->not_checked_count; i++) {
        (void)fprintf(out, "  not checked: %s\n", report->not_checked[i]);
    }
}

void present_text_report(const struct present_output *output, const struct service_answer *answer)
{
    const struct service_report *report = &answer->result.report;
    if (output->quiet || answer->status == SERVICE_STATUS_USAGE) {
        return;
    }
    (void)fputs(present_color(output->color_out, PRESENT_COLOR_BOLD), output->out);
    print_printable(output, "", report->file);
    (void)fprintf(output->out, "%s\n", present_color(output->color_out, PRESENT_COLOR_PLAIN));
    present_text_verdicts(output, report, &answer->findings);
    print_cartridge(output, report);
    print_prelude(output->out, report);
    print_assets(output, report);
    print_sprites(output, report);
    print_checked(output->out, report);
}
