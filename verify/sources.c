#include "verify/sources.h"

#include "base/hash_file.h"
#include "verify/workers.h"

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
           problem == PP_FILE_NOT_REGULAR || problem == PP_FILE_OUTSIDE_ROOT;
}

/* ---- Findings ---- */

void pp_source_tell(const struct pp_source_asset *asset, enum pp_diagnostic diagnostic, const char *path, int64_t at,
                    const char *format, ...)
{
    struct pp_findings *findings = &asset->examination->findings;
    struct pp_text message = PP_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    pp_text_addv(&message, format, arguments);
    va_end(arguments);
    struct pp_place place = {
        .file = path,
        .byte_offset = at,
        .has_asset_id = (asset->known->flags & PP_KNOWN_ID) != 0,
        .asset_id = asset->known->asset_id,
    };
    pp_findings_add(findings, diagnostic, &place, NULL, NULL, "%s", pp_text_string(&message));
    findings->out_of_memory = findings->out_of_memory || pp_text_failed(&message);
    pp_text_free(&message);
}

static void tell_problem(const struct pp_source_asset *asset, const char *path, int problem)
{
    if (is_gone(problem)) {
        pp_source_tell(asset, PP_SOURCE_CHANGED, path, -1, "the source cannot be found: %s",
                       pp_file_problem_text(problem));
    } else {
        pp_tell_problem(&asset->examination->findings, path, 0, problem);
    }
}

bool pp_source_open(const struct pp_source_asset *asset, const char *path, struct pp_file *file, char **shown)
{
    *shown = pp_place_path(asset->root_path, path);
    if (*shown == NULL) {
        pp_tell_no_memory(&asset->examination->findings, asset->root_path);
        return false;
    }
    int problem = pp_file_open_below(file, asset->root_fd, path);
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
    struct pp_hash hash;
};

static bool compare_input(const struct pp_source_asset *asset, const struct input *input)
{
    struct pp_file file;
    char *shown;
    bool same = false;
    struct pp_hash hash;
    if (!pp_source_open(asset, input->path, &file, &shown)) {
        return false;
    }
    int problem = 0;
    if (file.size != input->size) {
        pp_source_tell(asset, PP_SOURCE_CHANGED, shown, -1,
                       "the source has %" PRIu64 " bytes, and had %" PRIu64 " when it was packed", file.size,
                       input->size);
    } else {
        problem = pp_hash_file(&file, &hash);
        asset->examination->report->checked.bytes += problem == 0 ? file.size : 0;
        same = problem == 0 && pp_hash_equal(hash, input->hash);
        if (problem != 0) {
            tell_problem(asset, shown, problem);
        } else if (!same) {
            pp_source_tell(asset, PP_SOURCE_CHANGED, shown, -1,
                           "the source is not the one that was packed: its hash differs");
        }
        asset->examination->report->checked.hashes += problem == 0 ? 1 : 0;
    }
    asset->examination->report->checked.sources++;
    pp_file_close(&file);
    free(shown);
    return same;
}

/* Compares each recorded input, and that the declaration still lists the same ones in the same order. declared may be NULL.
 * *last is what was seen of the last one. */
static bool compare_inputs(const struct pp_source_asset *asset, struct pp_json_token inputs,
                           const struct pp_declared *declared, struct pp_source_seen *last)
{
    struct pp_bytes text = asset->examination->record->text;
    struct pp_tokens walk;
    bool same = true;
    bool listed = true;
    size_t index = 0;
    pp_tokens_begin(&walk, text, inputs.begin, inputs.end);
    (void)pp_tokens_next(&walk);
    for (struct pp_json_token value = pp_tokens_value(&walk); value.kind == PP_JSON_OBJECT_BEGIN;
         value = pp_tokens_value(&walk)) {
        struct pp_json_token members[PP_INPUT_MEMBERS];
        pp_tokens_object(text, value, pp_input_names, PP_INPUT_MEMBERS, members, NULL, NULL);
        struct input input = {.path = pp_token_string(text, members[PP_INPUT_PATH])};
        (void)pp_token_unsigned(text, members[PP_INPUT_SIZE], &input.size);
        (void)pp_hash_from_hex(pp_json_span(text, members[PP_INPUT_HASH]), &input.hash);
        if (input.path == NULL) {
            pp_tell_no_memory(&asset->examination->findings, asset->root_path);
            return false;
        }
        same = compare_input(asset, &input) && same;
        *last = (struct pp_source_seen){.size = input.size, .hash = input.hash};
        listed = listed && (declared == NULL ||
                            (index < declared->path_count && strcmp(declared->paths[index], input.path) == 0));
        index++;
        free(input.path);
    }
    if (declared != NULL && (!listed || index != declared->path_count)) {
        char *path = pp_place_path(asset->root_path, "asset.json");
        pp_source_tell(asset, PP_SOURCE_CHANGED, path, -1, "asset.json does not list the inputs that were packed");
        free(path);
        return false;
    }
    return same;
}

/* ---- Payloads against the sources ---- */

static void compare_payload(const struct pp_source_asset *asset, const struct pp_declared *declaration,
                            const struct pp_source_seen *source)
{
    struct pp_examination *examination = asset->examination;
    const struct pp_known *known = asset->known;
    const char *const *sources = (const char *const *)declaration->paths + declaration->first_source;
    size_t count = declaration->path_count - declaration->first_source;
    if (!pp_known_is_bank(known, declaration->bank) || count == 0) {
        char *path = pp_place_path(asset->root_path, "asset.json");
        pp_source_tell(asset, PP_SOURCE_CHANGED, path, -1, "asset.json declares another bank than the pack has");
        free(path);
    } else if ((known->flags & PP_KNOWN_READABLE) == 0) {
        pp_report_not_checked(examination->report, "sources of assets without a slice inside the file");
    } else if (declaration->format == PP_SOURCE_RAW) {
        pp_compare_raw(asset, sources[0], source);
    } else if (declaration->format == PP_SOURCE_GLYPH && (known->flags & PP_KNOWN_GLYPH) != 0) {
        pp_compare_image(asset, sources, count);
    } else if (declaration->format == PP_SOURCE_SOUND && (known->flags & PP_KNOWN_SOUND) != 0) {
        pp_compare_sound(asset, sources[0]);
    } else {
        pp_report_not_checked(examination->report, "sources of assets with broken metadata or size");
    }
}

/* A source that was written to between its two readings does not give back the payload, and that is no fault of the
 * pack: what was found is told only when the inputs are still what is recorded. */
static void compare_steady_payload(const struct pp_source_asset *asset, const struct pp_declared *declaration,
                                   struct pp_json_token inputs, const struct pp_source_seen *source)
{
    struct pp_findings *findings = &asset->examination->findings;
    struct pp_findings earlier = *findings;
    struct pp_findings found;
    pp_findings_init(findings);
    compare_payload(asset, declaration, source);
    found = *findings;
    *findings = earlier;
    struct pp_source_seen again;
    if (pp_findings_errors(&found) == 0 || compare_inputs(asset, inputs, declaration, &again)) {
        pp_findings_move(findings, &found);
    }
    pp_findings_free(&found);
}

static void judge_opened(const struct pp_source_asset *asset, struct pp_json_token inputs)
{
    struct pp_declared declaration;
    bool declared = pp_declared_read(asset, &declaration);
    if (declared) {
        pp_compare_declaration(asset, &declaration);
    }
    struct pp_source_seen source = {.size = 0};
    if (compare_inputs(asset, inputs, declared ? &declaration : NULL, &source) && declared) {
        compare_steady_payload(asset, &declaration, inputs, &source);
    }
    pp_declared_free(&declaration);
}

static void judge_asset(struct pp_examination *examination, int assets_fd, const char *assets_path, size_t index)
{
    const struct pp_recorded *record = examination->record;
    struct pp_json_token element = {
        .kind = PP_JSON_OBJECT_BEGIN, .begin = record->assets[index].at, .end = record->text.size};
    struct pp_json_token members[PP_RECORD_MEMBERS];
    pp_tokens_object(record->text, element, pp_recorded_names, PP_RECORD_MEMBERS, members, NULL, NULL);
    char *root = pp_token_string(record->text, members[PP_RECORD_ASSET_ROOT]);
    char *path = root != NULL ? pp_place_path(assets_path, root) : NULL;
    struct pp_source_asset asset = {.examination = examination,
                                    .known = &examination->entries[index],
                                    .index = index,
                                    .root_fd = -1,
                                    .root_path = path};
    if (path == NULL) {
        pp_tell_no_memory(&examination->findings, assets_path);
    } else {
        int problem = pp_directory_open_below(&asset.root_fd, assets_fd, root);
        if (problem != 0) {
            tell_problem(&asset, path, problem);
        } else {
            judge_opened(&asset, members[PP_RECORD_INPUTS]);
            (void)close(asset.root_fd);
        }
    }
    free(path);
    free(root);
}

/* ---- All assets, by several workers ---- */

/* What the workers share. */
struct comparison {
    struct pp_examination *examination;
    const struct pp_examination *pristine; /* both as they were before the first worker added to them */
    const struct pp_report *pristine_report;
    int assets_fd;
    const char *assets_path;
    size_t count;
    atomic_size_t next;
    struct pp_findings **findings; /* of each asset, told in table order at the end; NULL: none */
    pthread_mutex_t lock;          /* of the examination's report and findings */
};

static void add_checked(struct pp_report *to, const struct pp_report *from)
{
    to->checked.bytes += from->checked.bytes;
    to->checked.hashes += from->checked.hashes;
    to->checked.sources += from->checked.sources;
    for (size_t i = 0; i < from->not_checked_count; i++) {
        pp_report_not_checked(to, from->not_checked[i]);
    }
}

/* Puts the findings of an asset by until all are compared. Out of order is better than lost. */
static void keep_findings(struct comparison *comparison, size_t index, struct pp_findings *findings)
{
    comparison->findings[index] = malloc(sizeof *findings);
    if (comparison->findings[index] != NULL) {
        *comparison->findings[index] = *findings;
        pp_findings_init(findings);
    } else {
        (void)pthread_mutex_lock(&comparison->lock);
        pp_findings_move(&comparison->examination->findings, findings);
        (void)pthread_mutex_unlock(&comparison->lock);
    }
}

/* Each worker has an examination of its own that shares everything but counts and findings. */
static void compare_some(void *context, unsigned worker)
{
    struct comparison *comparison = context;
    struct pp_report report = *comparison->pristine_report;
    struct pp_examination own = *comparison->pristine;
    (void)worker;
    memset(&report.checked, 0, sizeof report.checked);
    report.not_checked_count = 0;
    own.report = &report;
    pp_findings_init(&own.findings);
    for (size_t i = atomic_fetch_add(&comparison->next, 1); i < comparison->count;
         i = atomic_fetch_add(&comparison->next, 1)) {
        judge_asset(&own, comparison->assets_fd, comparison->assets_path, i);
        if (own.findings.count > 0 || pp_findings_errors(&own.findings) > 0 || own.findings.out_of_memory) {
            keep_findings(comparison, i, &own.findings);
        }
    }
    (void)pthread_mutex_lock(&comparison->lock);
    add_checked(comparison->examination->report, &report);
    (void)pthread_mutex_unlock(&comparison->lock);
    pp_findings_free(&own.findings);
}

static void compare_all(struct pp_examination *examination, int assets_fd, const char *assets_path)
{
    size_t recorded = examination->record->asset_count;
    const struct pp_examination pristine = *examination;
    const struct pp_report pristine_report = *examination->report;
    struct comparison comparison = {
        .examination = examination,
        .pristine = &pristine,
        .pristine_report = &pristine_report,
        .assets_fd = assets_fd,
        .assets_path = assets_path,
        .count = examination->entry_count < recorded ? examination->entry_count : recorded,
        .lock = PTHREAD_MUTEX_INITIALIZER,
    };
    comparison.findings = calloc(comparison.count + 1, sizeof(struct pp_findings *));
    if (comparison.findings == NULL) {
        pp_tell_no_memory(&examination->findings, assets_path);
        return;
    }
    pp_workers_run(pp_workers_count(examination->options->jobs), compare_some, &comparison);
    for (size_t i = 0; i < comparison.count; i++) {
        if (comparison.findings[i] != NULL) {
            pp_findings_move(&examination->findings, comparison.findings[i]);
            pp_findings_free(comparison.findings[i]);
            free(comparison.findings[i]);
        }
    }
    free(comparison.findings);
}

/* The directory as findings name it: "assets" when the project is the current directory. */
static char *assets_path_of(const char *project)
{
    return pp_place_path(strcmp(project, ".") == 0 ? NULL : project, "assets");
}

void pp_examine_sources(struct pp_examination *examination)
{
    const char *project = examination->options->sources;
    if (project == NULL) {
        pp_report_not_checked(examination->report, "sources: not asked for");
        return;
    }
    if (examination->record == NULL || !examination->header_stands) {
        pp_report_not_checked(examination->report, "sources: no usable header and asset_table_metadata.json");
        return;
    }
    char *opened = pp_place_path(project, "assets");
    char *shown = assets_path_of(project);
    int fd = -1;
    int problem = opened == NULL || shown == NULL ? ENOMEM : pp_directory_open(&fd, opened);
    if (problem != 0) {
        pp_tell_problem(&examination->findings, shown, 0, problem);
    } else {
        compare_all(examination, fd, shown);
        (void)close(fd);
    }
    free(opened);
    free(shown);
}
