#include "workspace/edit/adoption_refusal.h"

#include "base/report.h"
#include "workspace/declared_place.h"
#include "workspace/path.h"
#include "workspace/presence.h"
#include "workspace/typed.h"

#include <stdlib.h>
#include <string.h>

/* A remedy names at most so many directories; when they are adopted, the next one names the rest. */
enum { MOST_NAMED = 500 };

static void note_memory(struct workspace_refusals *refusals)
{
    refusals->findings->out_of_memory = true;
}

/* A finding that is only counted needs no remedy, so nothing is looked for: the time of many refusals stays in
 * proportion to their number.
 *
 * What is where; without anything when it cannot be found out. */
static const struct workspace_moved *look(struct workspace_refusals *refusals)
{
    if (!refusals->looked) {
        refusals->looked = true;
        if (!workspace_moved_make(&refusals->moved, refusals->workspace)) {
            workspace_whereabouts_free(&refusals->moved.whereabouts);
        }
    }
    return &refusals->moved;
}

void workspace_refusals_free(struct workspace_refusals *refusals)
{
    workspace_moved_free(&refusals->moved);
}

static void report(struct workspace_refusals *refusals, const struct workspace_addition *add, enum diag diagnostic,
                   const struct base_details *given, const char *message)
{
    struct base_details details = *given;
    details.place.file = add->root_display;
    base_report(refusals->findings, diagnostic, &details, "%s", message);
}

/* The same with a cause whose remedy names paths. */
static void report_paths(struct workspace_refusals *refusals, const struct workspace_addition *add,
                         enum diag diagnostic, enum diag_cause cause, const struct base_names *paths,
                         const struct base_details *given, const char *message)
{
    struct base_text subject = BASE_TEXT_EMPTY;
    struct base_details details = *given;
    workspace_moved_subject(paths, &subject);
    details.cause = cause;
    details.subject = subject.size > 0 ? base_text_string(&subject) : NULL;
    report(refusals, add, diagnostic, &details, message);
    base_text_release(&subject, &refusals->findings->out_of_memory);
}

static void take_path(struct workspace_refusals *refusals, struct base_names *paths, const char *root)
{
    if (!base_names_take(paths, workspace_assets_path(refusals->workspace->assets_path, root, NULL))) {
        note_memory(refusals);
    }
}

/* ---- No asset.json ---- */

/* Whether a sighting is the root of its record. */
static bool is_right(const struct workspace_moved *moved, const struct workspace_sighting *sighting)
{
    const struct workspace_record *record = workspace_moved_by_root(moved, sighting->root);
    return record != NULL && strcmp(record->asset_uuid, sighting->uuid) == 0;
}

static int by_root(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The directories below a root that could be adopted, in byte order. *found: how many asset.json there are below it. */
static void collect_below(struct workspace_refusals *refusals, const char *root, struct base_names *paths,
                          size_t *found)
{
    const struct workspace_moved *moved = look(refusals);
    *found = 0;
    for (size_t i = 0; i < moved->whereabouts.count; i++) {
        const struct workspace_sighting *sighting = &moved->whereabouts.items[i];
        if (workspace_path_within(sighting->root, root)) {
            ++*found;
            if (!is_right(moved, sighting)) {
                take_path(refusals, paths, sighting->root);
            }
        }
    }
    if (paths->count > 1) {
        qsort(paths->items, paths->count, sizeof *paths->items, by_root);
    }
}

/* The directories that an asset has to be adopted with, as its uuid says, unless it is not known or in several. */
static bool collect_places(struct workspace_refusals *refusals, const struct workspace_record *record,
                           struct base_names *paths)
{
    const struct workspace_moved *moved = look(refusals);
    const struct workspace_record *stuck;
    size_t count;
    const struct workspace_sighting *places = workspace_whereabouts_of(&moved->whereabouts, record->asset_uuid, &count);
    if (count == 1) {
        (void)workspace_moved_chain(moved, record, places->root, paths, &stuck, &refusals->findings->out_of_memory);
    }
    return count == 1;
}

/* The registered asset whose root this is, which may be somewhere else now. */
static void refuse_emptied(struct workspace_refusals *refusals, const struct workspace_addition *add,
                           const struct workspace_record *record)
{
    struct base_names paths = BASE_NAMES_EMPTY;
    if (collect_places(refusals, record, &paths)) {
        report_paths(refusals, add, DIAG_ROOT_INVALID, DIAG_CAUSE_ADOPT_OLD, &paths,
                     &(struct base_details){.expected = "a directory with an asset.json"},
                     "there is no asset.json: the asset was moved from here");
    } else {
        struct workspace_declaration declaration;
        if (workspace_load_record(refusals->workspace, record, &declaration, refusals->findings)) {
            workspace_declaration_free(&declaration);
        }
    }
    base_names_free(&paths);
}

void workspace_refuse_bare(struct workspace_refusals *refusals, const struct workspace_addition *add)
{
    static const char message[] = "there is no asset.json";
    struct base_details details = {.expected = "a directory with an asset.json"};
    const struct workspace_record *record = workspace_moved_by_root(look(refusals), add->root);
    if (record != NULL) {
        refuse_emptied(refusals, add, record);
        return;
    }
    struct base_names paths = BASE_NAMES_EMPTY;
    size_t found = 0;
    if (base_findings_keeps(refusals->findings, DIAG_ROOT_INVALID)) {
        collect_below(refusals, add->root, &paths, &found);
    }
    if (paths.count > 0) {
        while (paths.count > MOST_NAMED) {
            free(paths.items[--paths.count]);
        }
        report_paths(refusals, add, DIAG_ROOT_INVALID, DIAG_CAUSE_ADOPT_AROUND, &paths, &details, message);
    } else {
        details.cause = found > 0 ? DIAG_CAUSE_ADOPT_AROUND_DONE : DIAG_CAUSE_ADOPT_BARE;
        details.subject = add->root_display;
        report(refusals, add, DIAG_ROOT_INVALID, &details, message);
    }
    base_names_free(&paths);
}

/* ---- Not there ---- */

/* The record whose root was typed: as in the registry, as messages write it, or as a path. */
static const struct workspace_record *find_typed(struct workspace_refusals *refusals, const char *typed)
{
    const struct workspace_moved *moved = look(refusals);
    size_t length = strlen(typed);
    while (length > 1 && typed[length - 1] == '/') {
        length--;
    }
    char *plain = strndup(typed, length);
    char *root = plain != NULL ? workspace_typed_root(refusals->workspace, plain) : NULL;
    const struct workspace_record *record = plain != NULL ? workspace_moved_by_root(moved, plain) : NULL;
    if (record == NULL && root != NULL) {
        record = workspace_moved_by_root(moved, root);
    }
    if (plain == NULL) {
        note_memory(refusals);
    }
    free(root);
    free(plain);
    return record;
}

void workspace_refuse_gone(struct workspace_refusals *refusals, const struct workspace_addition *add)
{
    struct base_findings *findings = refusals->findings;
    struct base_finding *finding = findings->count > 0 ? &findings->items[findings->count - 1] : NULL;
    if (finding == NULL || finding->file == NULL || strcmp(finding->file, add->typed) != 0 ||
        (finding->cause != DIAG_CAUSE_ROOT_MISSING && finding->cause != DIAG_CAUSE_ROOT_MISSPELT)) {
        return;
    }
    const struct workspace_record *record = find_typed(refusals, add->typed);
    struct base_names paths = BASE_NAMES_EMPTY;
    struct base_text subject = BASE_TEXT_EMPTY;
    if (record != NULL && collect_places(refusals, record, &paths)) {
        workspace_moved_subject(&paths, &subject);
    }
    char *copy = subject.size > 0 ? strdup(base_text_string(&subject)) : NULL;
    if (copy != NULL) {
        free(finding->subject);
        finding->subject = copy;
        finding->cause = DIAG_CAUSE_ADOPT_OLD;
    }
    base_text_release(&subject, &findings->out_of_memory);
    base_names_free(&paths);
}

/* ---- Taken ---- */

void workspace_refuse_taken(struct workspace_refusals *refusals, const struct workspace_addition *add,
                            const struct workspace_record *holder, const struct workspace_record *record)
{
    const struct workspace_record *stuck = NULL;
    struct base_names paths = BASE_NAMES_EMPTY;
    struct base_details details = {
        .place = {.has_asset_id = true, .asset_id = holder->asset_id},
        .expected = "a directory that no other asset has",
        .severity = BASE_ERROR,
    };
    if (base_findings_keeps(refusals->findings, DIAG_ROOT_REGISTERED)) {
        (void)workspace_moved_chain(look(refusals), record, add->root, &paths, &stuck,
                                    &refusals->findings->out_of_memory);
    }
    if (stuck == NULL) {
        report_paths(refusals, add, DIAG_ROOT_REGISTERED, DIAG_CAUSE_ADOPT_TOGETHER, &paths, &details,
                     "the directory is still that of another asset, which is elsewhere, too");
    } else {
        char *path = workspace_assets_path(refusals->workspace->assets_path, stuck->root, NULL);
        details.cause = DIAG_CAUSE_ADOPT_REPLACES;
        details.subject = path;
        refusals->findings->out_of_memory = refusals->findings->out_of_memory || path == NULL;
        report(refusals, add, DIAG_ROOT_REGISTERED, &details,
               "the directory is still that of another asset, which is not there any more");
        free(path);
    }
    base_names_free(&paths);
}

/* ---- Nested ---- */

/* The other root may be that of an asset that is not there any more: that is no obstacle once its record knows. */
void workspace_refuse_nested(struct workspace_refusals *refusals, const struct workspace_addition *add, bool inside,
                             const struct workspace_record *holder)
{
    struct base_names paths = BASE_NAMES_EMPTY;
    struct base_details details = {
        .expected = "a root outside of all others",
        .place = {.has_asset_id = holder != NULL, .asset_id = holder != NULL ? holder->asset_id : 0},
        .cause = DIAG_CAUSE_ROOT_NESTED,
    };
    const char *message =
        inside ? "the root lies inside that of another asset" : "the root contains that of another asset";
    if (holder == NULL || workspace_presence_of(refusals->workspace, holder, NULL) != WORKSPACE_LOST) {
        report(refusals, add, DIAG_ROOT_INVALID, &details, message);
        return;
    }
    take_path(refusals, &paths, add->root);
    if (base_findings_keeps(refusals->findings, DIAG_ROOT_INVALID) && collect_places(refusals, holder, &paths)) {
        report_paths(refusals, add, DIAG_ROOT_INVALID, DIAG_CAUSE_ADOPT_NESTED, &paths, &details, message);
    } else {
        char *path = workspace_assets_path(refusals->workspace->assets_path, holder->root, NULL);
        details.cause = DIAG_CAUSE_ADOPT_NESTED_GONE;
        details.subject = path;
        refusals->findings->out_of_memory = refusals->findings->out_of_memory || path == NULL;
        report(refusals, add, DIAG_ROOT_INVALID, &details, message);
        free(path);
    }
    base_names_free(&paths);
}

/* ---- Copies ---- */

/* Adds a finding at the asset_uuid of the root, whose asset.json is read once more. */
__attribute__((format(printf, 5, 6))) static void
report_uuid(struct workspace_refusals *refusals, const struct workspace_addition *add,
            const struct workspace_identity *identity, const struct base_details *details, const char *format, ...)
{
    struct workspace_record record = {.root = add->root};
    const struct workspace_asset asset = {.record = &record, .declaration.anchor.hash = identity->hash};
    struct base_findings found;
    va_list arguments;
    base_findings_init(&found);
    va_start(arguments, format);
    workspace_report_declaredv(refusals->workspace, &asset, &found, DIAG_DECLARATION_IDENTITY, details, format,
                               arguments);
    va_end(arguments);
    base_findings_set_asset(&found, 0, NULL); /* it is not an asset yet */
    base_findings_move(refusals->findings, &found);
}

void workspace_refuse_copy(struct workspace_refusals *refusals, const struct workspace_addition *add,
                           const struct workspace_identity *identity, const struct workspace_record *original)
{
    const struct base_details details = {
        .place.json_pointer = "/asset_uuid",
        .expected = "a uuid of its own",
        .actual = identity->uuid,
        .cause = DIAG_CAUSE_IDENTITY_COPY,
        .subject = add->root_display,
    };
    bool unsure = workspace_presence_of(refusals->workspace, original, NULL) == WORKSPACE_UNSURE;
    report_uuid(refusals, add, identity, &details, "this asset_uuid is the one of asset %d%s", (int)original->asset_id,
                unsure ? ", whose asset.json cannot be read" : " already");
}

void workspace_refuse_twice(struct workspace_refusals *refusals, const struct workspace_addition *add,
                            const struct workspace_identity *identity, const struct base_names *others)
{
    struct base_text subject = BASE_TEXT_EMPTY;
    if (base_findings_keeps(refusals->findings, DIAG_DECLARATION_IDENTITY)) {
        workspace_moved_subject(others, &subject);
    }
    const struct base_details details = {
        .place.json_pointer = "/asset_uuid",
        .expected = "a uuid of its own",
        .actual = identity->uuid,
        .cause = DIAG_CAUSE_IDENTITY_TWICE,
        .subject = subject.size > 0 ? base_text_string(&subject) : NULL,
    };
    report_uuid(refusals, add, identity, &details, "several of the directories have this asset_uuid");
    base_text_release(&subject, &refusals->findings->out_of_memory);
}
