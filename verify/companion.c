#include "verify/companion.h"
#include "verify/recorded.h"

#include "base/json_check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[PP_COMPANIONS] = {
    [PP_COMPANION_TABLE] = "asset_table.json",
    [PP_COMPANION_PRELOAD] = "preload.json",
    [PP_COMPANION_METADATA] = "asset_table_metadata.json",
};

/* ---- Opening ---- */

static void tell_missing(struct pp_findings *findings, const char *path, const char *why)
{
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    pp_findings_add(findings, PP_COMPANION_MISSING, &place, NULL, NULL, "%s", why);
}

/* A link would let the companion be a file of another build: it counts as no regular file. */
static int open_regular(struct pp_file *file, int directory, const char *name)
{
    struct stat status;
    *file = PP_FILE_CLOSED;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    return S_ISREG(status.st_mode) ? pp_file_open_below(file, directory, name) : PP_FILE_NOT_REGULAR;
}

static void open_one(struct pp_companion *companion, int directory, struct pp_findings *findings)
{
    int problem = open_regular(&companion->file, directory, companion->name);
    if (problem == 0) {
        companion->input = pp_input_from_file(&companion->file);
        companion->present = true;
    } else if (problem == ENOENT) {
        tell_missing(findings, companion->path, "the companion is not there");
    } else if (problem == PP_FILE_NOT_REGULAR) {
        tell_missing(findings, companion->path, "the companion is not a regular file");
    } else {
        pp_tell_problem(findings, companion->path, 0, problem);
    }
}

static void init(struct pp_companions *companions)
{
    for (size_t i = 0; i < PP_COMPANIONS; i++) {
        companions->files[i] = (struct pp_companion){.name = names[i], .file = PP_FILE_CLOSED};
    }
}

void pp_companions_open(struct pp_companions *companions, const char *directory, struct pp_findings *findings)
{
    int fd;
    init(companions);
    int problem = pp_directory_open(&fd, directory);
    if (problem != 0) {
        pp_tell_problem(findings, directory, 0, problem);
        return;
    }
    for (size_t i = 0; i < PP_COMPANIONS; i++) {
        companions->files[i].path = pp_place_path(directory, names[i]);
        if (companions->files[i].path == NULL) {
            pp_tell_no_memory(findings, names[i]);
        } else {
            open_one(&companions->files[i], fd, findings);
        }
    }
    (void)close(fd);
}

void pp_companions_lend(struct pp_companions *companions, const struct pp_build_bytes *build,
                        struct pp_findings *findings)
{
    const struct pp_bytes bytes[PP_COMPANIONS] = {build->asset_table, build->preload, build->metadata};
    init(companions);
    for (size_t i = 0; i < PP_COMPANIONS; i++) {
        struct pp_companion *companion = &companions->files[i];
        companion->path = pp_place_path(NULL, names[i]);
        if (companion->path == NULL) {
            pp_tell_no_memory(findings, names[i]);
        } else if (bytes[i].data == NULL) {
            tell_missing(findings, companion->path, "the companion is not there");
        } else {
            companion->input = pp_input_from_bytes(bytes[i]);
            companion->present = true;
        }
    }
}

void pp_companions_close(struct pp_companions *companions)
{
    for (size_t i = 0; i < PP_COMPANIONS; i++) {
        pp_file_close(&companions->files[i].file);
        free(companions->files[i].path);
    }
}

/* ---- companion-syntax ---- */

static void tell_syntax(struct pp_findings *findings, const char *path, struct pp_bytes text, size_t at, bool valid,
                        const char *message)
{
    enum { SHOWN = 16 };
    char *pointer = NULL;
    if (valid && !pp_pointers_find(text, &at, &pointer, 1)) {
        findings->out_of_memory = true;
    }
    struct pp_place place = {.file = path, .byte_offset = (int64_t)at, .json_pointer = pointer};
    struct pp_bytes actual = {.data = NULL};
    if (at < text.size) {
        actual = pp_bytes_make(text.data + at, text.size - at < SHOWN ? text.size - at : SHOWN);
    }
    pp_tell_at(findings, PP_COMPANION_SYNTAX, &place, NULL, actual, "%s", message);
    free(pointer);
}

static bool keep_first(void *context, const struct pp_json_duplicate *duplicate)
{
    size_t *at = context;
    *at = duplicate->key_begin - 1;
    return false;
}

/* The first number that rule 4 of 1.3 does not allow, or the text's size. (-0 is pp_json_first_difference's matter.) */
static size_t first_bad_number(struct pp_bytes text)
{
    struct pp_json json;
    pp_json_begin(&json, text);
    struct pp_json_token token = pp_json_next(&json);
    while (token.kind != PP_JSON_END && token.kind != PP_JSON_ERROR) {
        if (token.kind == PP_JSON_NUMBER && !pp_token_is_exact(text, token)) {
            return token.begin;
        }
        token = pp_json_next(&json);
    }
    return text.size;
}

bool pp_companion_is_canonical(struct pp_findings *findings, const char *path, struct pp_bytes text)
{
    struct pp_json json;
    if (!pp_json_validate(&json, text)) {
        struct pp_text message = PP_TEXT_EMPTY;
        pp_text_addf(&message, "the companion is not JSON: %s", json.error_text);
        tell_syntax(findings, path, text, json.error_at, false, pp_text_string(&message));
        findings->out_of_memory = findings->out_of_memory || pp_text_failed(&message);
        pp_text_free(&message);
        return false;
    }
    size_t repeated = text.size;
    if (!pp_json_find_duplicates(text, keep_first, &repeated)) {
        pp_tell_no_memory(findings, path);
        return false;
    }
    if (repeated < text.size) {
        tell_syntax(findings, path, text, repeated, true, "the object has this key already");
        return false;
    }
    size_t at = pp_json_first_difference(text);
    size_t number = first_bad_number(text);
    if (number < at) {
        tell_syntax(findings, path, text, number, true, "the number is no integer within 2^53-1 in either direction");
        return false;
    }
    if (at < text.size) {
        tell_syntax(findings, path, text, at, true, "the companion differs from its canonical form here");
        return false;
    }
    return true;
}

/* ---- All three ---- */

void pp_examine_companions(struct pp_examination *examination, const struct pp_companions *companions)
{
    pp_examine_mirror(examination, &companions->files[PP_COMPANION_TABLE], examination->asset_table, PP_TABLE_MISMATCH);
    pp_examine_mirror(examination, &companions->files[PP_COMPANION_PRELOAD], examination->preload, PP_PRELOAD_MISMATCH);
    pp_examine_document(examination, &companions->files[PP_COMPANION_METADATA]);
}
