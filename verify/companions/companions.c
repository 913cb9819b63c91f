#include "verify/companions/companions.h"
#include "verify/companions/recorded.h"

#include "json/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[VERIFY_COMPANIONS] = {
    [VERIFY_COMPANION_TABLE] = "asset_table.json",
    [VERIFY_COMPANION_PRELOAD] = "preload.json",
    [VERIFY_COMPANION_METADATA] = "asset_table_metadata.json",
};

/* ---- Opening ---- */

static void tell_missing(struct base_findings *findings, const char *path, const char *why)
{
    struct base_place place = BASE_NOWHERE;
    place.file = path;
    base_findings_add(findings, DIAG_COMPANION_MISSING, &place, NULL, NULL, "%s", why);
}

/* A link would let the companion be a file of another build: it counts as no regular file. */
static int open_regular(struct base_file *file, int directory, const char *name)
{
    struct stat status;
    *file = BASE_FILE_CLOSED;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    return S_ISREG(status.st_mode) ? base_file_open_below(file, directory, name) : BASE_FILE_NOT_REGULAR;
}

static void open_one(struct verify_companion *companion, int directory, struct base_findings *findings)
{
    int problem = open_regular(&companion->file, directory, companion->name);
    if (problem == 0) {
        companion->input = verify_file_from_file(&companion->file);
        companion->present = true;
    } else if (problem == ENOENT) {
        tell_missing(findings, companion->path, "the companion is not there");
    } else if (problem == BASE_FILE_NOT_REGULAR) {
        tell_missing(findings, companion->path, "the companion is not a regular file");
    } else {
        verify_report_read_failure(findings, companion->path, 0, problem);
    }
}

static void init(struct verify_companions *companions)
{
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        companions->files[i] = (struct verify_companion){.name = names[i], .file = BASE_FILE_CLOSED};
    }
}

void verify_companions_open(struct verify_companions *companions, const char *directory, struct base_findings *findings)
{
    int fd;
    init(companions);
    int problem = base_directory_open(&fd, directory);
    if (problem != 0) {
        verify_report_read_failure(findings, directory, 0, problem);
        return;
    }
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        companions->files[i].path = base_path_join(directory, names[i]);
        if (companions->files[i].path == NULL) {
            base_report_out_of_memory(findings, names[i]);
        } else {
            open_one(&companions->files[i], fd, findings);
        }
    }
    (void)close(fd);
}

void verify_companions_lend(struct verify_companions *companions, const struct verify_build_bytes *build,
                            struct base_findings *findings)
{
    const struct base_bytes bytes[VERIFY_COMPANIONS] = {build->asset_table, build->preload, build->metadata};
    init(companions);
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        struct verify_companion *companion = &companions->files[i];
        companion->path = base_path_join(NULL, names[i]);
        if (companion->path == NULL) {
            base_report_out_of_memory(findings, names[i]);
        } else if (bytes[i].data == NULL) {
            tell_missing(findings, companion->path, "the companion is not there");
        } else {
            companion->input = verify_file_from_bytes(bytes[i]);
            companion->present = true;
        }
    }
}

void verify_companions_close(struct verify_companions *companions)
{
    for (size_t i = 0; i < VERIFY_COMPANIONS; i++) {
        base_file_close(&companions->files[i].file);
        free(companions->files[i].path);
    }
}

/* ---- companion-syntax ---- */

static void tell_syntax(struct base_findings *findings, const char *path, struct base_bytes text, size_t at, bool valid,
                        const char *message)
{
    enum { SHOWN = 16 };
    char *pointer = NULL;
    if (valid && !json_pointers_find(text, &at, &pointer, 1)) {
        findings->out_of_memory = true;
    }
    struct base_place place = {.file = path, .byte_offset = (int64_t)at, .json_pointer = pointer};
    struct base_bytes actual = {.data = NULL};
    if (at < text.size) {
        actual = base_bytes_make(text.data + at, text.size - at < SHOWN ? text.size - at : SHOWN);
    }
    verify_report_at(findings, DIAG_COMPANION_SYNTAX, &place, NULL, actual, "%s", message);
    free(pointer);
}

static bool keep_first(void *context, const struct json_duplicate *duplicate)
{
    size_t *at = context;
    *at = duplicate->key_begin - 1;
    return false;
}

/* The first number that rule 4 of 1.3 does not allow, or the text's size. (-0 is json_first_difference's matter.) */
static size_t first_bad_number(struct base_bytes text)
{
    struct json_tokenizer json;
    json_begin(&json, text);
    struct json_token token = json_next(&json);
    while (token.kind != JSON_END && token.kind != JSON_ERROR) {
        if (token.kind == JSON_NUMBER && !json_token_is_exact(text, token)) {
            return token.begin;
        }
        token = json_next(&json);
    }
    return text.size;
}

bool verify_companion_is_canonical(struct base_findings *findings, const char *path, struct base_bytes text)
{
    struct json_tokenizer json;
    if (!json_validate(&json, text)) {
        struct base_text message = BASE_TEXT_EMPTY;
        base_text_addf(&message, "the companion is not JSON: %s", json.error_text);
        tell_syntax(findings, path, text, json.error_at, false, base_text_string(&message));
        base_text_release(&message, &findings->out_of_memory);
        return false;
    }
    size_t repeated = text.size;
    if (!json_find_duplicates(text, keep_first, &repeated)) {
        base_report_out_of_memory(findings, path);
        return false;
    }
    if (repeated < text.size) {
        tell_syntax(findings, path, text, repeated, true, "the object has this key already");
        return false;
    }
    size_t at = json_first_difference(text);
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

void verify_check_companions(struct verify_examination *examination, const struct verify_companions *companions)
{
    verify_check_mirror(examination, &companions->files[VERIFY_COMPANION_TABLE], examination->asset_table,
                        DIAG_TABLE_MISMATCH);
    verify_check_mirror(examination, &companions->files[VERIFY_COMPANION_PRELOAD], examination->preload,
                        DIAG_PRELOAD_MISMATCH);
    verify_check_document(examination, &companions->files[VERIFY_COMPANION_METADATA]);
}
