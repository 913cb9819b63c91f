#include "workspace/edit/each.h"

#include "base/array.h"
#include "base/directory.h"
#include "base/index.h"
#include "base/media.h"
#include "base/natural.h"
#include "base/path.h"
#include "base/sort.h"
#include "workspace/document/problem.h"
#include "workspace/edit/candidate.h"
#include "workspace/edit/common.h"
#include "workspace/edit/each_root.h"
#include "workspace/edit/left_out.h"
#include "workspace/model/file_kind.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 3, NAME_SHOWN = 60 };

/* What is common to all directories of a list. */
struct listing {
    struct workspace_each *each;
    size_t operand;
    struct base_index *listed; /* directories: one that is named twice is listed once */
    struct base_findings *findings;
};

/* One directory. */
struct directory {
    const struct listing *listing;
    const struct workspace_addition *add; /* it as it was found */
    struct base_names all;                /* names in it */
    struct base_names files;              /* those of the files that count */
    struct base_names pictures;           /* those of the pictures, where sounds count */
    struct base_names subdirectories;     /* those that are neither hidden nor meant to stay out */
};

/* ---- What counts ---- */

/* A sound that has to be converted is refused by itself, so that it is not overlooked. */
static bool is_wanted(const struct workspace_addition *add, const char *name)
{
    enum workspace_file_kind kind = workspace_file_kind_of(name);
    if (strcmp(name, WORKSPACE_ANCHOR_NAME) == 0) {
        return false;
    }
    if (!add->has_type || add->type == WORKSPACE_ASSET_SOUND) {
        const struct base_medium *medium = base_medium_of_name(name);
        bool is_other =
            medium != NULL && (medium->sort == BASE_MEDIUM_SOUND || medium->sort == BASE_MEDIUM_LOSSY_SOUND ||
                               medium->sort == BASE_MEDIUM_MUSIC);
        return kind == WORKSPACE_FILE_SOUND || is_other;
    }
    if (add->type == WORKSPACE_ASSET_GLYPH && (add->facts == NULL || add->facts->format != WORKSPACE_FORMAT_RAW)) {
        return kind == WORKSPACE_FILE_PNG;
    }
    return kind != WORKSPACE_FILE_WORKING;
}

/* A picture beside the sounds, of which the user may think that it becomes an asset, too. */
static bool is_passed_over(const struct workspace_addition *add, const char *name)
{
    return !add->has_type && workspace_file_kind_of(name) == WORKSPACE_FILE_PNG;
}

static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    struct directory *directory = context;
    bool is_directory = kind == BASE_ENTRY_DIRECTORY;
    bool ignored = false;
    if (!base_names_take(&directory->all, strdup(name))) {
        return ENOMEM;
    }
    bool is_picture = kind == BASE_ENTRY_FILE && is_passed_over(directory->add, name);
    bool is_file = kind == BASE_ENTRY_FILE && is_wanted(directory->add, name);
    if (name[0] == '.' || !(is_directory || is_picture || is_file)) {
        return 0;
    }
    int problem = workspace_add_ignores(directory->add, name, is_directory, &ignored);
    if (problem != 0 || ignored) {
        return problem;
    }
    struct base_names *files = is_picture ? &directory->pictures : &directory->files;
    return base_names_take(is_directory ? &directory->subdirectories : files, strdup(name)) ? 0 : ENOMEM;
}

/* ---- Sub-directories ---- */

static int visit_art(void *context, const char *name, enum base_entry_kind kind)
{
    bool *has_art = context;
    enum workspace_file_kind of_name = workspace_file_kind_of(name);
    *has_art = *has_art || (name[0] != '.' && kind == BASE_ENTRY_FILE &&
                            (of_name == WORKSPACE_FILE_PNG || of_name == WORKSPACE_FILE_SOUND));
    return 0;
}

/* Whether a sub-directory that is not registered has pictures or sounds directly in it. What cannot be read has none.
 */
static bool has_art(const struct directory *directory, const char *name)
{
    const struct workspace_addition *add = directory->add;
    int32_t other;
    int fd;
    bool found = false;
    char *path = base_path_join(add->root, name);
    enum workspace_root_relation relation =
        path != NULL ? workspace_roots_find(&add->taken->roots, path, &other) : WORKSPACE_ROOT_SAME;
    if (relation != WORKSPACE_ROOT_SAME && base_directory_enter(&fd, add->root_fd, name) == 0) {
        (void)base_directory_each(fd, visit_art, &found);
    }
    directory->listing->findings->out_of_memory = directory->listing->findings->out_of_memory || path == NULL;
    free(path);
    return found;
}

/* The first names of a list, in byte order. */
static void add_names(struct base_text *text, struct base_names *names)
{
    base_names_sort(names, NULL);
    for (size_t i = 0; i < names->count && i < NAMES_SHOWN; i++) {
        base_text_add_string(text, i > 0 ? ", " : "");
        base_text_add_quoted(text, base_bytes_of_string(names->items[i]), NAME_SHOWN);
    }
    if (names->count > NAMES_SHOWN) {
        base_text_addf(text, " and %zu more", names->count - NAMES_SHOWN);
    }
}

static void report_pictures(struct directory *directory)
{
    struct base_findings *findings = directory->listing->findings;
    struct base_text names = BASE_TEXT_EMPTY;
    size_t count = directory->pictures.count;
    if (count == 0) {
        return;
    }
    add_names(&names, &directory->pictures);
    const struct base_details details = {
        .place.file = directory->add->root_display,
        .severity = BASE_WARNING,
        .cause = DIAG_CAUSE_EACH_PICTURES,
        .subject = directory->add->root_display,
    };
    base_report(findings, DIAG_ART_UNREGISTERED, &details,
                "%zu picture%s directly in it stay%s there, because sounds alone are taken without a type: %s", count,
                count == 1 ? "" : "s", count == 1 ? "s" : "", base_text_string(&names));
    base_text_release(&names, &findings->out_of_memory);
}

static void report_subdirectories(struct directory *directory)
{
    struct base_findings *findings = directory->listing->findings;
    struct base_text names = BASE_TEXT_EMPTY;
    struct base_names *all = &directory->subdirectories;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (has_art(directory, all->items[i])) {
            char *kept = all->items[i];
            all->items[i] = all->items[count];
            all->items[count++] = kept;
        }
    }
    struct base_names shown = {.items = all->items, .count = count};
    add_names(&names, &shown);
    if (count > 0) {
        const struct base_details details = {
            .place.file = directory->add->root_display, .severity = BASE_WARNING, .cause = DIAG_CAUSE_EACH_BELOW};
        base_report(findings, DIAG_ART_UNREGISTERED, &details,
                    "%zu director%s in it with pictures or sounds %s passed over: %s", count, count == 1 ? "y" : "ies",
                    count == 1 ? "is" : "are", base_text_string(&names));
    }
    base_text_release(&names, &findings->out_of_memory);
}

/* ---- Files ---- */

static bool take(struct workspace_each *each, const struct workspace_each_file *file)
{
    struct workspace_each_file *files = base_array_grow(each->files, each->count, &each->capacity, sizeof *files);
    if (files == NULL) {
        return false;
    }
    each->files = files;
    files[each->count++] = *file;
    return true;
}

static int naturally(const void *a, const void *b)
{
    return base_natural_compare(*(char *const *)a, *(char *const *)b);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_name(const struct base_names *sorted, const char *name)
{
    return sorted->count > 0 && bsearch(&name, sorted->items, sorted->count, sizeof *sorted->items, by_bytes) != NULL;
}

/* Whether two files would get one directory. Files with one stem need not follow each other in byte order. */
static bool is_shared(const struct base_names *stems, const char *stem)
{
    size_t low = 0;
    size_t high = stems->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(stems->items[middle], stem) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low + 1 < stems->count && strcmp(stems->items[low + 1], stem) == 0;
}

static enum workspace_each_fault fault_of(const struct directory *directory, const struct base_names *stems,
                                          const char *name, const char *stem)
{
    if (strcmp(name, stem) == 0) {
        return WORKSPACE_EACH_BARE;
    }
    if (strcmp(stem, WORKSPACE_ANCHOR_NAME) == 0) {
        return WORKSPACE_EACH_ANCHOR;
    }
    if (has_name(&directory->all, stem)) {
        return WORKSPACE_EACH_THERE;
    }
    return is_shared(stems, stem) ? WORKSPACE_EACH_SHARED : WORKSPACE_EACH_FINE;
}

static bool take_file(const struct directory *directory, const struct base_names *stems, const char *name)
{
    const struct workspace_addition *add = directory->add;
    char *stem = strndup(name, workspace_each_stem(name));
    struct workspace_each_file file = {
        .operand = directory->listing->operand,
        .typed = workspace_assets_path(add->workspace->assets_path, add->root[0] != '\0' ? add->root : NULL, name),
        .directory = strdup(add->root),
        .name = strdup(name),
    };
    bool fine = stem != NULL && file.typed != NULL && file.directory != NULL && file.name != NULL;
    if (fine) {
        file.fault = fault_of(directory, stems, name, stem);
        fine = take(directory->listing->each, &file);
    }
    if (!fine) {
        free(file.typed);
        free(file.directory);
        free(file.name);
    }
    free(stem);
    return fine;
}

static bool take_files(struct directory *directory)
{
    struct base_names stems = BASE_NAMES_EMPTY;
    bool fine = true;
    for (size_t i = 0; fine && i < directory->files.count; i++) {
        const char *name = directory->files.items[i];
        fine = base_names_take(&stems, strndup(name, workspace_each_stem(name)));
    }
    base_names_sort(&stems, NULL);
    base_names_sort(&directory->all, NULL);
    (void)base_sort(directory->files.items, directory->files.count, sizeof *directory->files.items, naturally, NULL);
    for (size_t i = 0; fine && i < directory->files.count; i++) {
        fine = take_file(directory, &stems, directory->files.items[i]);
    }
    base_names_free(&stems);
    return fine;
}

/* ---- Directories ---- */

/* The entry of a directory without a file, with what was found about it. */
static bool take_none(const struct listing *listing, const struct workspace_addition *add)
{
    const struct workspace_each_file none = {
        .fault = WORKSPACE_EACH_NONE,
        .operand = listing->operand,
        .typed = strdup(add->typed),
        .refusal = workspace_findings_aside(add->findings),
    };
    bool fine = none.typed != NULL && none.refusal != NULL && take(listing->each, &none);
    if (!fine) {
        free(none.typed);
        workspace_findings_free(none.refusal);
    }
    return fine;
}

/* Reads a directory that was found. */
static bool read_directory(struct directory *directory, struct workspace_addition *add)
{
    int fd;
    int problem = base_directory_reopen(&fd, add->root_fd);
    if (problem == 0) {
        problem = base_directory_each(fd, visit, directory);
    }
    if (problem != 0) {
        const struct base_place place = {.file = add->root_display};
        workspace_report_read_problem(add->findings, &place, problem, DIAG_ROOT_INVALID, "there is no such directory");
        return take_none(directory->listing, add);
    }
    report_subdirectories(directory);
    report_pictures(directory);
    if (directory->files.count > 0) {
        return take_files(directory);
    }
    workspace_each_report_none(add);
    return take_none(directory->listing, add);
}

/* Whether a directory was listed already; it is now. False in *fine when memory ran out. */
static bool was_listed(const struct listing *listing, const char *root, bool *fine)
{
    struct base_bytes path = base_bytes_of_string(root);
    int64_t number;
    bool listed = base_index_find(listing->listed, path, &number);
    *fine = listed || base_index_add(listing->listed, path, 0);
    return listed;
}

static bool list_found(const struct listing *listing, struct workspace_addition *add)
{
    bool fine;
    if (was_listed(listing, add->root, &fine) || !fine) {
        return fine;
    }
    struct directory directory = {.listing = listing, .add = add};
    fine = read_directory(&directory, add);
    base_names_free(&directory.all);
    base_names_free(&directory.files);
    base_names_free(&directory.pictures);
    base_names_free(&directory.subdirectories);
    return fine;
}

static bool list_directory(const struct listing *listing, struct workspace_addition *add)
{
    struct base_findings found;
    base_findings_init(&found);
    add->findings = &found;
    bool fine = workspace_each_find_directory(add) ? list_found(listing, add) : take_none(listing, add);
    fine = fine && !found.out_of_memory;
    base_findings_free(&found);
    return fine;
}

static bool list_all(struct listing *listing, const struct workspace_addition *common, const char *const *directories,
                     size_t count)
{
    bool fine = true;
    for (size_t i = 0; fine && i < count && !base_task_cancelled(common->workspace->task); i++) {
        struct workspace_addition add = *common;
        add.typed = directories[i];
        listing->operand = i;
        fine = list_directory(listing, &add);
        workspace_addition_free(&add);
    }
    if (!fine || listing->findings->out_of_memory) {
        base_report_out_of_memory(listing->findings, NULL);
        return false;
    }
    return true;
}

bool workspace_each_list(const struct workspace *workspace, const char *const *directories, size_t count,
                         const struct workspace_add_options *options, struct workspace_each *each,
                         struct base_findings *findings)
{
    struct workspace_add_common common;
    struct workspace_addition add;
    struct base_index listed = BASE_INDEX_EMPTY;
    struct listing listing = {.each = each, .listed = &listed, .findings = findings};
    *each = WORKSPACE_EACH_EMPTY;
    bool fine = workspace_add_common_begin(&common, &add, workspace, options, findings) &&
                list_all(&listing, &add, directories, count);
    workspace_add_common_free(&common);
    base_index_free(&listed);
    return fine;
}

void workspace_each_free(struct workspace_each *each)
{
    for (size_t i = 0; i < each->count; i++) {
        free(each->files[i].typed);
        free(each->files[i].directory);
        free(each->files[i].name);
        workspace_findings_free(each->files[i].refusal);
    }
    free(each->files);
    *each = WORKSPACE_EACH_EMPTY;
}
