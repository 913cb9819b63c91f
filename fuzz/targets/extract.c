/* A pack, and what stands beside it, are taken apart by the service and built again: the pack comes back byte by byte
 * exactly when it conforms; nothing is written but what is listed, in the directory that was asked for; and when memory
 * or a system call fails, all of it is there or nothing. The tail of the input has the companion, and says what fails.
 */
#include "fuzz/lib/findings.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/mutate/mutate.h"
#include "fuzz/projects/build.h"
#include "fuzz/projects/companions.h"
#include "fuzz/projects/extracted.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TAIL = 6, BASE_MEMORY = 4 << 20, MEMORY_PER_BYTE = 256 };

FUZZ_MUTATORS(TAIL, fuzz_mutate_pack, fuzz_cross_pack)

struct questions {
    uint16_t companion; /* bytes at the end of the input */
    uint16_t nth;       /* what fails */
    uint8_t kind;       /* 0: nothing fails; 1: an allocation; others: a system call */
    bool repaired;      /* the companion has the hashes and the size of the pack */
};

static struct questions take_questions(struct base_bytes *input)
{
    struct questions questions = {.companion = fuzz_take_u16(input)};
    questions.nth = (uint16_t)(1 + fuzz_take_u16(input) % 2048);
    questions.kind = fuzz_take_u8(input) % (2 + FUZZ_CALL_FAULTS);
    questions.repaired = fuzz_take_u8(input) % 4 != 3;
    if (questions.companion > input->size) {
        questions.companion = (uint16_t)(input->size % 65536);
    }
    return questions;
}

/* ---- The set ---- */

static void write_set(const struct questions *questions, struct base_bytes input)
{
    struct build build = {.files = {{.data = NULL}}};
    size_t size = input.size - questions->companion;
    fuzz_text_add(&build.files[BUILD_PACK], input.data, size);
    fuzz_text_add(&build.files[BUILD_METADATA], input.data + size, questions->companion);
    if (questions->repaired && questions->companion > 0) {
        companions_repair_hashes(build.files);
    }
    scratch_remove("set");
    scratch_write("set/assets.pa", fuzz_text_bytes(&build.files[BUILD_PACK]));
    if (questions->companion > 0) {
        scratch_write("set/asset_table_metadata.json", fuzz_text_bytes(&build.files[BUILD_METADATA]));
    }
    build_free(&build);
}

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(scratch_path(path), &status) == 0;
}

/* ---- What was written ---- */

static void check_scratch(void)
{
    static const char *const names[] = {".", "..", "set", "project", "failing", "again"};
    DIR *stream = opendir(scratch_directory());
    FUZZ_CHECK(stream != NULL);
    for (struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        bool known = false;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            known = known || strcmp(entry->d_name, names[i]) == 0;
        }
        FUZZ_CHECK(known);
    }
    (void)closedir(stream);
}

/* Files below a directory, which has nothing but files and directories. */
static uint64_t count_files(const char *path)
{
    uint64_t count = 0;
    char below[4096];
    struct stat status;
    DIR *stream = opendir(path);
    FUZZ_CHECK(stream != NULL);
    for (struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            FUZZ_CHECK((size_t)snprintf(below, sizeof below, "%s/%s", path, entry->d_name) < sizeof below);
            FUZZ_CHECK(lstat(below, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)));
            count += S_ISDIR(status.st_mode) ? count_files(below) : 1;
        }
    }
    (void)closedir(stream);
    return count;
}

static int compare_strings(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* No path is that of another file, and each file is there with its size. */
static void check_paths(const char **paths, size_t count)
{
    qsort(paths, count, sizeof *paths, compare_strings);
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(strncmp(paths[i], "assets/", 7) == 0 && strstr(paths[i], "/../") == NULL &&
                   strstr(paths[i], "//") == NULL);
        FUZZ_CHECK(i == 0 || strcmp(paths[i - 1], paths[i]) != 0);
    }
}

static void check_files(const struct service_extract_result *result, const char *to)
{
    uint64_t bytes = 0;
    size_t count = 0;
    const char **paths = calloc(result->files + 1, sizeof *paths);
    FUZZ_CHECK(paths != NULL);
    for (size_t i = 0; i < result->count; i++) {
        for (size_t j = 0; j < result->assets[i].file_count; j++) {
            const struct service_extracted_file *file = &result->assets[i].files[j];
            char path[4096];
            struct stat status;
            FUZZ_CHECK(count < result->files);
            paths[count++] = file->path;
            (void)snprintf(path, sizeof path, "%s/%s/%s", scratch_directory(), to, file->path);
            FUZZ_CHECK(lstat(path, &status) == 0 && S_ISREG(status.st_mode));
            FUZZ_CHECK_U64(status.st_size, file->size);
            bytes += file->size;
        }
    }
    check_paths(paths, count);
    free(paths);
    FUZZ_CHECK_U64(result->files, count + 2); /* the registry, and the .gitignore beside it */
    FUZZ_CHECK(result->bytes > bytes);
    FUZZ_CHECK_U64(count_files(scratch_path(to)), result->files);
}

/* ---- The theorem ---- */

static void check_rebuilt(const struct base_findings *found, bool conforms)
{
    struct base_findings findings;
    base_findings_init(&findings);
    bool same = false;
    if (build_write("again", 1, &findings)) {
        struct fuzz_text pack = scratch_read("set/assets.pa");
        struct fuzz_text again = scratch_read("again/assets.pa");
        same = pack.size == again.size && memcmp(pack.data, again.data, pack.size) == 0;
        fuzz_text_free(&pack);
        fuzz_text_free(&again);
    }
    FUZZ_CHECK(findings.total[DIAG_INTERNAL] == 0);
    if (same != conforms && found->total[DIAG_EXTRACT_INEXACT] == 0) {
        fuzz_print_findings(found);
        fuzz_print_findings(&findings);
        fuzz_fail(__FILE__, __LINE__, "a pack is built again byte by byte exactly when it conforms");
    }
    base_findings_free(&findings);
}

static void check_extract(size_t size)
{
    struct service_extract_result result;
    struct base_findings findings;
    scratch_remove("project");
    base_findings_init(&findings);
    fuzz_memory_begin();
    bool done = extracted_write("set/assets.pa", "project", &result, &findings);
    FUZZ_CHECK(fuzz_memory_peak() <= BASE_MEMORY + MEMORY_PER_BYTE * size);
    fuzz_check_findings(&findings, UINT32_MAX);
    FUZZ_CHECK(findings.total[DIAG_INTERNAL] == 0 && !base_findings_any(&findings, DIAG_CLASS_E));
    FUZZ_CHECK(done == is_there("project"));
    FUZZ_CHECK(done || (result.conforms != SERVICE_VERDICT_YES && result.count == 0));
    if (done) {
        check_files(&result, "project");
        check_rebuilt(&findings, result.conforms == SERVICE_VERDICT_YES);
    }
    service_extract_result_free(&result);
    base_findings_free(&findings);
    FUZZ_CHECK(fuzz_memory_live() == 0);
}

/* ---- Faults of the environment ---- */

static void check_failing(const struct questions *questions)
{
    struct service_extract_result result;
    struct base_findings findings;
    scratch_remove("failing");
    base_findings_init(&findings);
    fuzz_memory_begin();
    if (questions->kind == 1) {
        fuzz_memory_fail(questions->nth);
    } else {
        fuzz_call_fail(questions->nth, (enum fuzz_call_fault)(questions->kind - 2));
    }
    bool done = extracted_write("set/assets.pa", "failing", &result, &findings);
    (void)fuzz_memory_failed();
    (void)fuzz_call_failed();
    FUZZ_CHECK(findings.total[DIAG_INTERNAL] == 0);
    FUZZ_CHECK(done == is_there("failing"));
    if (done) {
        check_files(&result, "failing");
    }
    service_extract_result_free(&result);
    base_findings_free(&findings);
    FUZZ_CHECK(fuzz_memory_live() == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    struct questions questions = take_questions(&input);
    write_set(&questions, input);
    check_extract(size);
    if (questions.kind != 0) {
        check_failing(&questions);
    }
    check_scratch();
    return 0;
}
