#include "verify/sources/sources.h"

#include "base/hash_file.h"
#include "base/workers.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file that is not where it was is source-changed; one that cannot be read is no answer at all. */
static bool is_gone(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP || problem == ENAMETOOLONG ||
           problem == BASE_FILE_NOT_REGULAR || problem == BASE_FILE_OUTSIDE_ROOT;
}

/* ---- Findings ---- */

void verify_report_source(const struct verify_source_asset *asset, enum diag diagnostic, const char *path, int64_t at,
                          const char *format, ...)
{
    struct base_findings *findings = &asset->examination->findings;
    struct base_text message = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    struct base_place place = {
        .file = path,
        .byte_offset = at,
        .has_asset_id = (asset->known->flags & VERIFY_ENTRY_HAS_ID) != 0,
        .asset_id = asset->known->asset_id,
    };
    base_findings_add(findings, diagnostic, &place, NULL, NULL, "%s", base_text_string(&message));
    base_text_release(&message, &findings->out_of_memory);
}

static void tell_problem(const struct verify_source_asset *asset, const char *path, int problem)
{
    if (is_gone(problem)) {
        verify_report_source(asset, DIAG_SOURCE_CHANGED, path, -1, "the source cannot be found: %s",
                             base_file_problem_text(problem));
    } else {
        verify_report_read_failure(&asset->examination->findings, path, 0, problem);
    }
}

bool verify_source_open(const struct verify_source_asset *asset, const char *path, struct base_file *file, char **shown)
{
    *shown = base_path_join(asset->root_path, path);
    if (*shown == NULL) {
        base_report_out_of_memory(&asset->examination->findings, asset->root_path);
        return false;
    }
    int problem = base_file_open_below(file, asset->root_fd, path);
    if (problem != 0) {
        tell_problem(asset, *shown, problem);
        free(*shown);
        *shown = NULL;
        return false;
    }
    return true;
}

/* ---- Inputs against what is recorded ---- */

/* What is recorded of one input. */
struct input {
    char *path;
    uint64_t size;
    struct base_hash hash;
};

static bool compare_input(const struct verify_source_asset *asset, const struct input *input)
{
    struct base_file file;
    char *shown;
    bool same = false;
    struct base_hash hash;
    if (!verify_source_open(asset, input->path, &file, &shown)) {
        return false;
    }
    int problem = 0;
    if (file.size != input->size) {
        verify_report_source(asset, DIAG_SOURCE_CHANGED, shown, -1,
                             "the source has %" PRIu64 " bytes, and had %" PRIu64 " when it was packed", file.size,
                             input->size);
    } else {
        problem = base_hash_file(&file, &hash);
        asset->examination->report->checked.bytes += problem == 0 ? file.size : 0;
        same = problem == 0 && base_hash_equal(hash, input->hash);
        if (problem != 0) {
            tell_problem(asset, shown, problem);
        } else if (!same) {
            verify_report_source(asset, DIAG_SOURCE_CHANGED, shown, -1,
                                 "the source is not the one that was packed: its hash differs");
        }
        asset->examination->report->checked.hashes += problem == 0 ? 1 : 0;
    }
    asset->examination->report->checked.sources++;
    base_file_close(&file);
    free(shown);
    return same;
}

/* Compares each recorded input, and that the declaration still lists the same ones in the same order. declared may be
 * NULL. *last is what was seen of the last one. */
static bool compare_inputs(const struct verify_source_asset *asset, struct json_token inputs,
                           const struct verify_declared *declared, struct verify_source_seen *last)
{
    struct base_bytes text = asset->examination->record->text;
    struct json_walk walk;
    bool same = true;
    bool listed = true;
    size_t index = 0;
    json_walk_begin(&walk, text, inputs.begin, inputs.end);
    (void)json_walk_next(&walk);
    for (struct json_token value = json_walk_value(&walk); value.kind == JSON_OBJECT_BEGIN;
         value = json_walk_value(&walk)) {
        struct json_token members[VERIFY_INPUT_MEMBERS];
        json_walk_object(text, value, verify_input_names, VERIFY_INPUT_MEMBERS, members, NULL, NULL);
        struct input input = {.path = json_token_string(text, members[VERIFY_INPUT_PATH])};
        (void)json_token_unsigned(text, members[VERIFY_INPUT_SIZE], &input.size);
        (void)base_hash_from_hex(json_span(text, members[VERIFY_INPUT_HASH]), &input.hash);
        if (input.path == NULL) {
            base_report_out_of_memory(&asset->examination->findings, asset->root_path);
            return false;
        }
        same = compare_input(asset, &input) && same;
        *last = (struct verify_source_seen){.size = input.size, .hash = input.hash};
        listed = listed && (declared == NULL ||
                            (index < declared->path_count && strcmp(declared->paths[index], input.path) == 0));
        index++;
        free(input.path);
    }
    if (declared != NULL && (!listed || index != declared->path_count)) {
        char *path = base_path_join(asset->root_path, "asset.json");
        verify_report_source(asset, DIAG_SOURCE_CHANGED, path, -1,
                             "asset.json does not list the inputs that were packed");
        free(path);
        return false;
    }
    return same;
}

/* ---- Payloads against the sources ---- */

static void compare_payload(const struct verify_source_asset *asset, const struct verify_declared *declaration,
                            const struct verify_source_seen *source)
{
    struct verify_examination *examination = asset->examination;
    const struct verify_entry *known = asset->known;
    const char *const *sources = (const char *const *)declaration->paths + declaration->first_source;
    size_t count = declaration->path_count - declaration->first_source;
    if (!verify_entry_is_bank(known, declaration->bank) || count == 0) {
        char *path = base_path_join(asset->root_path, "asset.json");
        verify_report_source(asset, DIAG_SOURCE_CHANGED, path, -1,
                             "asset.json declares another bank than the pack has");
        free(path);
    } else if ((known->flags & VERIFY_ENTRY_IS_READABLE) == 0) {
        verify_report_not_checked(examination->report, "sources of assets without a slice inside the file");
    } else if (declaration->format == VERIFY_SOURCE_RAW) {
        verify_compare_raw(asset, sources[0], source);
    } else if (declaration->format == VERIFY_SOURCE_GLYPH && (known->flags & VERIFY_ENTRY_HAS_GLYPH) != 0) {
        verify_compare_image(asset, sources, count);
    } else if (declaration->format == VERIFY_SOURCE_SOUND && (known->flags & VERIFY_ENTRY_HAS_SOUND) != 0) {
        verify_compare_sound(asset, sources[0]);
    } else {
        verify_report_not_checked(examination->report, "sources of assets with broken metadata or size");
    }
}

/* A source that was written to between its two readings does not give back the payload, and that is no fault of the
 * pack: what was found is told only when the inputs are still what is recorded. */
static void compare_steady_payload(const struct verify_source_asset *asset, const struct verify_declared *declaration,
                                   struct json_token inputs, const struct verify_source_seen *source)
{
    struct base_findings *findings = &asset->examination->findings;
    struct base_findings earlier = *findings;
    struct base_findings found;
    base_findings_init(findings);
    compare_payload(asset, declaration, source);
    found = *findings;
    *findings = earlier;
    struct verify_source_seen again;
    if (base_findings_errors(&found) == 0 || compare_inputs(asset, inputs, declaration, &again)) {
        base_findings_move(findings, &found);
    }
    base_findings_free(&found);
}

static void judge_opened(const struct verify_source_asset *asset, struct json_token inputs)
{
    struct verify_declared declaration;
    bool declared = verify_declared_read(asset, &declaration);
    if (declared) {
        verify_compare_declaration(asset, &declaration);
    }
    struct verify_source_seen source = {.size = 0};
    if (compare_inputs(asset, inputs, declared ? &declaration : NULL, &source) && declared) {
        compare_steady_payload(asset, &declaration, inputs, &source);
    }
    verify_declared_free(&declaration);
}

static void judge_asset(struct verify_examination *examination, int assets_fd, const char *assets_path, size_t index)
{
    const struct verify_recorded *record = examination->record;
    struct json_token element = {
        .kind = JSON_OBJECT_BEGIN, .begin = record->assets[index].at, .end = record->text.size};
    struct json_token members[VERIFY_RECORD_MEMBERS];
    json_walk_object(record->text, element, verify_recorded_names, VERIFY_RECORD_MEMBERS, members, NULL, NULL);
    char *root = json_token_string(record->text, members[VERIFY_RECORD_ASSET_ROOT]);
    char *path = root != NULL ? base_path_join(assets_path, root) : NULL;
    struct verify_source_asset asset = {.examination = examination,
                                        .known = &examination->entries[index],
                                        .index = index,
                                        .root_fd = -1,
                                        .root_path = path};
    if (path == NULL) {
        base_report_out_of_memory(&examination->findings, assets_path);
    } else {
        int problem = base_directory_open_below(&asset.root_fd, assets_fd, root);
        if (problem != 0) {
            tell_problem(&asset, path, problem);
        } else {
            judge_opened(&asset, members[VERIFY_RECORD_INPUTS]);
            (void)close(asset.root_fd);
        }
    }
    free(path);
    free(root);
}

/* ---- All assets, by several workers ---- */

/* What the workers share. */
struct comparison {
    struct verify_examination *examination;
    const struct verify_examination *pristine; /* both as they were before the first worker added to them */
    const struct verify_report *pristine_report;
    int assets_fd;
    const char *assets_path;
    size_t count;
    atomic_size_t next;
    struct base_findings **findings; /* of each asset, told in table order at the end; NULL: none */
    pthread_mutex_t lock;            /* of the examination's report and findings */
};

static void add_checked(struct verify_report *to, const struct verify_report *from)
{
    to->checked.bytes += from->checked.bytes;
    to->checked.hashes += from->checked.hashes;
    to->checked.sources += from->checked.sources;
    for (size_t i = 0; i < from->not_checked_count; i++) {
        verify_report_not_checked(to, from->not_checked[i]);
    }
}

/* Puts the findings of an asset by until all are compared. Out of order is better than lost. */
static void keep_findings(struct comparison *comparison, size_t index, struct base_findings *findings)
{
    comparison->findings[index] = malloc(sizeof *findings);
    if (comparison->findings[index] != NULL) {
        *comparison->findings[index] = *findings;
        base_findings_init(findings);
    } else {
        (void)pthread_mutex_lock(&comparison->lock);
        base_findings_move(&comparison->examination->findings, findings);
        (void)pthread_mutex_unlock(&comparison->lock);
    }
}

/* Each worker has an examination of its own that shares everything but counts and findings. */
static void compare_some(void *context, unsigned worker)
{
    struct comparison *comparison = context;
    struct verify_report report = *comparison->pristine_report;
    struct verify_examination own = *comparison->pristine;
    (void)worker;
    memset(&report.checked, 0, sizeof report.checked);
    report.not_checked_count = 0;
    own.report = &report;
    base_findings_init(&own.findings);
    for (size_t i = atomic_fetch_add(&comparison->next, 1); i < comparison->count;
         i = atomic_fetch_add(&comparison->next, 1)) {
        judge_asset(&own, comparison->assets_fd, comparison->assets_path, i);
        if (own.findings.count > 0 || base_findings_errors(&own.findings) > 0 || own.findings.out_of_memory) {
            keep_findings(comparison, i, &own.findings);
        }
    }
    (void)pthread_mutex_lock(&comparison->lock);
    add_checked(comparison->examination->report, &report);
    (void)pthread_mutex_unlock(&comparison->lock);
    base_findings_free(&own.findings);
}

static void compare_all(struct verify_examination *examination, int assets_fd, const char *assets_path)
{
    size_t recorded = examination->record->asset_count;
    const struct verify_examination pristine = *examination;
    const struct verify_report pristine_report = *examination->report;
    struct comparison comparison = {
        .examination = examination,
        .pristine = &pristine,
        .pristine_report = &pristine_report,
        .assets_fd = assets_fd,
        .assets_path = assets_path,
        .count = examination->entry_count < recorded ? examination->entry_count : recorded,
        .lock = PTHREAD_MUTEX_INITIALIZER,
    };
    comparison.findings = calloc(comparison.count + 1, sizeof(struct base_findings *));
    if (comparison.findings == NULL) {
        base_report_out_of_memory(&examination->findings, assets_path);
        return;
    }
    base_workers_run(base_workers_count(examination->options->jobs), compare_some, &comparison);
    for (size_t i = 0; i < comparison.count; i++) {
        if (comparison.findings[i] != NULL) {
            base_findings_move(&examination->findings, comparison.findings[i]);
            base_findings_free(comparison.findings[i]);
            free(comparison.findings[i]);
        }
    }
    free(comparison.findings);
}

/* The directory as findings name it: "assets" when the project is the current directory. */
static char *assets_path_of(const char *project)
{
    return base_path_join(strcmp(project, ".") == 0 ? NULL : project, "assets");
}

void verify_check_sources(struct verify_examination *examination)
{
    const char *project = examination->options->sources;
    if (project == NULL) {
        verify_report_not_checked(examination->report, "sources: not asked for");
        return;
    }
    if (examination->record == NULL || !examination->header_stands) {
        verify_report_not_checked(examination->report, "sources: no usable header and asset_table_metadata.json");
        return;
    }
    char *opened = base_path_join(project, "assets");
    char *shown = assets_path_of(project);
    int fd = -1;
    int problem = opened == NULL || shown == NULL ? ENOMEM : base_directory_open(&fd, opened);
    if (problem != 0) {
        verify_report_read_failure(&examination->findings, shown, 0, problem);
    } else {
        compare_all(examination, fd, shown);
        (void)close(fd);
    }
    free(opened);
    free(shown);
}
