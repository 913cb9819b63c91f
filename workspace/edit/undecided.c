#include "workspace/edit/undecided.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/media.h"
#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 8, NAME_SHOWN = 60, MOST_LOOKED_AT = 64 };

static const char expected_files[] = ".png files with their palettes, or one WAV, AIFF or FLAC";

/* The first names, and how many more there are. */
static void add_names(struct base_text *text, const struct workspace_files *files)
{
    size_t count = files->count > 0 ? files->count : files->ignored.count;
    for (size_t i = 0; i < count && i < MOST_SHOWN; i++) {
        const char *name = files->count > 0 ? files->items[i].name : files->ignored.items[i];
        base_text_add_string(text, i == 0 ? "" : ", ");
        base_text_add_printable(text, base_bytes_of_string(name), NAME_SHOWN);
    }
    if (count > MOST_SHOWN) {
        base_text_addf(text, " and %zu more", count - MOST_SHOWN);
    }
    base_text_add_string(text, count == 0 ? "no files" : "");
}

static void refuse_with(struct workspace_addition *add, const struct workspace_files *files,
                        const struct base_details *details, const char *message)
{
    struct base_text found = BASE_TEXT_EMPTY;
    add_names(&found, files);
    struct base_details all = *details;
    all.place.file = add->root_display;
    all.actual = base_text_string(&found);
    all.subject = all.subject != NULL ? all.subject : add->root_display;
    base_report(add->findings, DIAG_TYPE_UNDECIDED, &all, "%s", message);
    base_text_release(&found, &add->findings->out_of_memory);
}

void workspace_add_refuse_type(struct workspace_addition *add, const struct workspace_files *files,
                               const char *expected, enum diag_cause cause, const char *message)
{
    refuse_with(add, files, &(struct base_details){.expected = expected, .cause = cause}, message);
}

/* ---- Why the files do not decide it ---- */

static int take_directory(void *context, const char *name, enum base_entry_kind kind)
{
    bool wanted = kind == BASE_ENTRY_DIRECTORY && name[0] != '.';
    return !wanted || base_names_take(context, strdup(name)) ? 0 : ENOMEM;
}

/* The first directory in the root, in byte order, as the user would type it; NULL when there is none. */
static char *find_directory(struct workspace_addition *add)
{
    struct base_names names = BASE_NAMES_EMPTY;
    char *found = NULL;
    int fd = -1;
    if (base_directory_reopen(&fd, add->root_fd) == 0 && base_directory_each(fd, take_directory, &names) == 0 &&
        names.count > 0) {
        base_names_sort(&names, NULL);
        found = base_path_join(add->root_display, names.items[0]);
    }
    base_names_free(&names);
    return found;
}

/* What a file is known as: by how it begins, else by its name. What an archive is, its name says better. NULL when it
 * is of no known kind. */
static const struct base_medium *find_medium(const struct workspace_addition *add, const char *name)
{
    uint8_t begin[BASE_MEDIUM_BYTES];
    struct base_file file;
    const struct base_medium *of_content = NULL;
    const struct base_medium *of_name = base_medium_of_name(name);
    if (base_file_open_below(&file, add->root_fd, name) == 0) {
        size_t size = file.size < sizeof begin ? (size_t)file.size : sizeof begin;
        if (base_file_read_at(&file, 0, begin, size) == 0) {
            of_content = base_medium_of(base_bytes_make(begin, size));
        }
        base_file_close(&file);
    }
    bool is_named = of_content == NULL || (of_content->sort == BASE_MEDIUM_OTHER && of_name != NULL);
    return is_named ? of_name : of_content;
}

/* The first of the files of other kinds that is known as something, and what it is known as. */
static const struct base_medium *find_known(const struct workspace_addition *add, const struct workspace_files *files,
                                            const char **name)
{
    const struct base_medium *medium = NULL;
    for (size_t i = 0; medium == NULL && i < files->count && i < MOST_LOOKED_AT; i++) {
        if (files->items[i].kind == WORKSPACE_FILE_OTHER) {
            *name = files->items[i].name;
            medium = find_medium(add, *name);
        }
    }
    return medium;
}

static enum diag_cause cause_of_medium(const struct base_medium *medium)
{
    switch (medium->sort) {
    case BASE_MEDIUM_PICTURE:
        return DIAG_CAUSE_TYPE_PICTURE;
    case BASE_MEDIUM_SOUND:
    case BASE_MEDIUM_LOSSY_SOUND:
    case BASE_MEDIUM_MUSIC:
        return DIAG_CAUSE_TYPE_SOUND;
    case BASE_MEDIUM_MISHAP:
        return DIAG_CAUSE_TYPE_MISHAP;
    case BASE_MEDIUM_OTHER:
        break;
    }
    return DIAG_CAUSE_TYPE_PACKED;
}

/* What the name of a medium ends with that `add` takes under the right name; NULL when it takes none such. */
static const char *ending_of(const struct base_medium *medium)
{
    static const struct {
        const char *name;
        const char *ending;
    } taken[] = {
        {"a PNG picture", ".png"},  {"a WAV sound", ".wav"},   {"an RF64 sound", ".rf64"},   {"a BW64 sound", ".bw64"},
        {"a Wave64 sound", ".w64"}, {"an AIFF sound", ".aif"}, {"an AIFF-C sound", ".aifc"}, {"a FLAC sound", ".flac"},
    };
    for (size_t i = 0; medium != NULL && i < sizeof taken / sizeof taken[0]; i++) {
        if (strcmp(medium->name, taken[i].name) == 0) {
            return taken[i].ending;
        }
    }
    return NULL;
}

/* The name that a file should have, with another ending. The caller frees it; NULL when memory ran out. */
static char *rename_to(const char *name, const char *ending)
{
    const char *dot = strrchr(name, '.');
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add(&text, base_bytes_make(name, dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name)));
    base_text_add_string(&text, ending);
    return base_text_take(&text);
}

/* medium: of a file of another kind, or NULL. */
static enum diag_cause cause_of(const struct workspace_files *files, const struct base_medium *medium)
{
    size_t counts[WORKSPACE_FILE_KINDS];
    workspace_files_count(files, counts);
    if (counts[WORKSPACE_FILE_PNG] > 0) {
        return DIAG_CAUSE_TYPE_SPRITES_AND_MORE;
    }
    if (counts[WORKSPACE_FILE_SOUND] > 0) {
        return counts[WORKSPACE_FILE_SOUND] > 1 ? DIAG_CAUSE_TYPE_SOUNDS : DIAG_CAUSE_TYPE_SOUND_AND_MORE;
    }
    if (medium != NULL) {
        return ending_of(medium) != NULL ? DIAG_CAUSE_TYPE_MISNAMED : cause_of_medium(medium);
    }
    if (counts[WORKSPACE_FILE_PALETTE] > 0) {
        return DIAG_CAUSE_TYPE_NO_PICTURE;
    }
    return files->count == 1 ? DIAG_CAUSE_TYPE_UNKNOWN : DIAG_CAUSE_TYPE_FILES;
}

/* There is no file that could be an asset's. */
static void refuse_nothing(struct workspace_addition *add, const struct workspace_files *files)
{
    bool has_working = files->ignored.count > 0;
    char *directory = has_working ? NULL : find_directory(add);
    struct base_details details = {.expected = expected_files, .subject = directory};
    if (has_working) {
        details.cause = DIAG_CAUSE_TYPE_WORKING;
    } else {
        details.cause = directory != NULL ? DIAG_CAUSE_TYPE_DIRECTORIES : DIAG_CAUSE_TYPE_NO_FILES;
    }
    refuse_with(add, files, &details,
                has_working ? "the directory has working files of other programs only"
                            : "the files do not show what kind of asset this is");
    free(directory);
}

void workspace_add_refuse_undecided(struct workspace_addition *add, const struct workspace_files *files)
{
    if (files->count == 0) {
        refuse_nothing(add, files);
        return;
    }
    const char *name = NULL;
    const struct base_medium *medium = find_known(add, files, &name);
    struct base_text message = BASE_TEXT_EMPTY;
    if (medium == NULL) {
        base_text_add_string(&message, "the files do not show what kind of asset this is");
    } else if (files->count == 1) {
        base_text_addf(&message, "the only file is %s", medium->name);
    } else {
        base_text_add_quoted(&message, base_bytes_of_string(name), NAME_SHOWN);
        base_text_addf(&message, " is %s", medium->name);
    }
    struct base_details details = {.expected = expected_files, .cause = cause_of(files, medium)};
    details.remedy = medium != NULL && details.cause == cause_of_medium(medium) ? medium->remedy : NULL;
    char *renamed = details.cause == DIAG_CAUSE_TYPE_MISNAMED ? rename_to(name, ending_of(medium)) : NULL;
    bool lost = renamed == NULL && details.cause == DIAG_CAUSE_TYPE_MISNAMED;
    add->findings->out_of_memory = add->findings->out_of_memory || lost;
    details.subject = renamed;
    refuse_with(add, files, &details, base_text_string(&message));
    free(renamed);
    base_text_release(&message, &add->findings->out_of_memory);
}
