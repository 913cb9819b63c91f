/* What follows the findings: those that are not shown, and how many there are. */
#include "base/index.h"
#include "base/text.h"
#include "present/findings_text.h"
#include "present/quantity.h"

#include <inttypes.h>
#include <stdlib.h>

enum { PATH_LIMIT = 4096 };

/* ---- What is not shown ---- */

/* The names of the files of which a finding is shown. False when memory ran out. */
static bool index_shown(const struct service_answer *answer, struct base_index *files)
{
    size_t number = 0;
    for (const struct base_finding *finding; (finding = service_finding_shown(answer, number)) != NULL; number++) {
        if (finding->file != NULL && !base_index_add(files, base_bytes_of_string(finding->file), 0)) {
            return false;
        }
    }
    return true;
}

/* "2 errors and 1 warning" */
static void add_counts(struct base_text *line, uint64_t errors, uint64_t warnings)
{
    char words[PRESENT_QUANTITY_SIZE + sizeof " warnings"];
    if (errors > 0) {
        base_text_add_string(line, present_quantity_of(errors, "error", "errors", words, sizeof words));
    }
    if (warnings > 0) {
        base_text_add_string(line, errors > 0 ? " and " : "");
        base_text_add_string(line, present_quantity_of(warnings, "warning", "warnings", words, sizeof words));
    }
}

static void print_file(const struct service_file_count *file, FILE *stream, bool *out_of_memory)
{
    struct base_text line = BASE_TEXT_EMPTY;
    base_text_add_printable(&line, base_bytes_of_string(file->file), PATH_LIMIT);
    base_text_add_string(&line, ": ");
    add_counts(&line, file->errors, file->warnings);
    (void)fprintf(stream, "%s\n", base_text_string(&line));
    base_text_release(&line, out_of_memory);
}

static void print_files_not_shown(const struct present_output *output, const struct service_answer *answer,
                                  FILE *stream)
{
    struct base_index shown = BASE_INDEX_EMPTY;
    struct service_file_count file;
    size_t at = 0;
    int64_t number;
    if (!index_shown(answer, &shown)) {
        *output->out_of_memory = true;
    }
    while (service_file_counted(answer, &at, &file)) {
        if ((file.errors > 0 || !output->quiet) && !base_index_find(&shown, base_bytes_of_string(file.file), &number)) {
            print_file(&file, stream, output->out_of_memory);
        }
    }
    base_index_free(&shown);
}

/* ---- How many there are ---- */

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* How many different ids; they are sorted. */
static size_t count_different(int64_t *ids, size_t count)
{
    size_t different = 0;
    qsort(ids, count, sizeof *ids, compare_ids);
    for (size_t i = 0; i < count; i++) {
        different += i == 0 || ids[i] != ids[i - 1];
    }
    return different;
}

/* Where the findings are: in so many assets, and in so many files whose findings are not all about one asset. False
 * when memory ran out. */
static bool count_places(const struct base_tally *tally, size_t *assets, size_t *files)
{
    int64_t *ids = malloc((tally->count + 1) * sizeof *ids);
    *assets = 0;
    *files = 0;
    if (ids == NULL) {
        return false;
    }
    for (size_t i = 0; i < tally->count; i++) {
        const struct base_tally_file *file = &tally->files[i];
        if (base_tally_of_file(file, BASE_ERROR) + base_tally_of_file(file, BASE_WARNING) == 0) {
            continue;
        }
        if (file->has_asset) {
            ids[(*assets)++] = file->asset_id;
        } else {
            *files += file->name != NULL ? 1 : 0;
        }
    }
    *assets = count_different(ids, *assets);
    free(ids);
    return true;
}

static void add_places(struct base_text *line, size_t assets, size_t files)
{
    char words[PRESENT_QUANTITY_SIZE + sizeof " other files"];
    if (assets > 0) {
        base_text_addf(line, " in %s", present_quantity_of(assets, "asset", "assets", words, sizeof words));
    }
    if (files > 0) {
        bool other = assets > 0;
        base_text_addf(line, " %s %s", other ? "and" : "in",
                       present_quantity_of(files, other ? "other file" : "file", other ? "other files" : "files", words,
                                           sizeof words));
    }
}

static void print_sum(const struct present_output *output, const struct service_answer *answer, FILE *stream)
{
    uint64_t errors = service_count_errors(answer);
    uint64_t warnings = service_count_warnings(answer);
    uint64_t ignored = answer->findings.ignored;
    size_t assets;
    size_t files;
    struct base_text line = BASE_TEXT_EMPTY;
    char words[PRESENT_QUANTITY_SIZE + sizeof " findings"];
    if (errors + warnings + ignored == 0) {
        return;
    }
    if (!count_places(&answer->findings.tally, &assets, &files)) {
        line.out_of_memory = true;
    }
    add_counts(&line, errors, warnings);
    add_places(&line, assets, files);
    if (ignored > 0 && errors + warnings > 0) {
        base_text_addf(&line, ", %s ignored", present_quantity(ignored, words));
    } else if (ignored > 0) {
        base_text_addf(&line, "%s ignored", present_quantity_of(ignored, "finding", "findings", words, sizeof words));
    }
    (void)fprintf(stream, "%s\n", base_text_string(&line));
    base_text_release(&line, output->out_of_memory);
}

static void print_not_listed(const struct service_answer *answer, FILE *stream)
{
    union service_row space;
    size_t at = 0;
    const struct service_member *member = service_table_member(&service_members_tail, "diagnostics_not_listed");
    for (const struct service_count *row = member->rows(answer, &at, &space); row != NULL;
         row = member->rows(answer, &at, &space)) {
        (void)fprintf(stream, "… and %" PRIu64 " more of [%s]\n", row->count, row->name);
    }
}

void present_findings_not_shown(const struct present_output *output, const struct service_answer *answer, FILE *stream)
{
    bool wanted = !output->quiet || service_count_errors(answer) > 0;
    if (wanted && !answer->findings.out_of_memory) {
        print_not_listed(answer, stream);
    }
    print_files_not_shown(output, answer, stream);
}

void present_findings_sum(const struct present_output *output, const struct service_answer *answer, FILE *stream)
{
    if (answer->ran && answer->status != SERVICE_STATUS_CANCELLED && !output->quiet) {
        print_sum(output, answer, stream);
    }
}
