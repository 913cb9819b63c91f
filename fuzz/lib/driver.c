/* Replays files through a target, without a fuzzing engine: how a corpus becomes an ordinary test under every compiler.
 *
 *     fuzz_TARGET [--mutations N] [--seed N] [--faults] FILE|DIRECTORY…
 *
 * Directories are read one level deep, in byte order. With --mutations each file is followed by N mutants of it. With
 * --faults a file that lets an allocation or a system call fail is followed by runs that let the 1st, the 2nd, … fail,
 * as far as there are any. Exits with 1 when something cannot be read or nothing was replayed, 2 when the command line
 * is wrong; a finding aborts. */
#include "fuzz/lib/harness.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Targets may have these; without them the engine's own ways are taken. */
__attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
__attribute__((weak)) size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right,
                                                       size_t right_size, uint8_t *out, size_t max_size,
                                                       unsigned int seed);

enum { PATH_SIZE = 4096, ROOM_TO_GROW = 4096 };

static struct {
    unsigned long mutations;
    unsigned long seed;
    bool faults;
    unsigned long files;
    unsigned long executions;
    unsigned long unreadable;
    uint8_t *last; /* the file before, for crossing over */
    size_t last_size;
} replay;

static void unreadable(const char *path)
{
    (void)fprintf(stderr, "cannot read %s: %s\n", path, strerror(errno));
    replay.unreadable++;
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    struct stat status;
    uint8_t *data = NULL;
    if (file == NULL || fstat(fileno(file), &status) != 0) {
        unreadable(path);
    } else {
        *size = (size_t)status.st_size;
        data = malloc(*size + 1);
        if (data == NULL || fread(data, 1, *size, file) != *size) {
            unreadable(path);
            free(data);
            data = NULL;
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return data;
}

/* Runs on a copy of exactly this size, so that a sanitizer sees reads past its end. */
static void run(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) {
        (void)fputs("out of memory\n", stderr);
        exit(1);
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    (void)LLVMFuzzerTestOneInput(copy, size);
    replay.executions++;
    free(copy);
}

static void run_faults(const uint8_t *data, size_t size)
{
    bool goes_on = replay.faults && fuzz_sweep_asked();
    for (uint64_t nth = 1; goes_on; nth++) {
        fuzz_sweep(nth);
        run(data, size);
        goes_on = fuzz_sweep_failed();
    }
    fuzz_sweep(0);
}

static size_t mutate(uint8_t *mutant, size_t size, size_t max_size, const uint8_t *data, unsigned int seed)
{
    if (LLVMFuzzerCustomCrossOver != NULL && replay.last != NULL && seed % 8 == 0) {
        return LLVMFuzzerCustomCrossOver(data, size, replay.last, replay.last_size, mutant, max_size, seed);
    }
    return LLVMFuzzerCustomMutator != NULL ? LLVMFuzzerCustomMutator(mutant, size, max_size, seed)
                                           : LLVMFuzzerMutate(mutant, size, max_size);
}

static void run_mutants(const uint8_t *data, size_t size)
{
    size_t max_size = size + ROOM_TO_GROW;
    uint8_t *mutant = malloc(max_size);
    for (unsigned long i = 0; mutant != NULL && i < replay.mutations; i++) {
        memcpy(mutant, data, size);
        run(mutant, mutate(mutant, size, max_size, data, (unsigned int)(replay.seed + i)));
    }
    free(mutant);
}

static void replay_file(const char *path)
{
    size_t size = 0;
    uint8_t *data = read_file(path, &size);
    if (data != NULL) {
        fuzz_sweep(0);
        run(data, size);
        run_faults(data, size);
        run_mutants(data, size);
        replay.files++;
        free(replay.last);
        replay.last = data;
        replay.last_size = size;
    }
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static void replay_directory(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, visible, by_bytes);
    if (count < 0) {
        unreadable(path);
    }
    for (int i = 0; i < count; i++) {
        char file[PATH_SIZE];
        (void)snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        replay_file(file);
        free(entries[i]);
    }
    free((void *)entries);
}

static void replay_path(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        unreadable(path);
    } else if (S_ISDIR(status.st_mode)) {
        replay_directory(path);
    } else {
        replay_file(path);
    }
}

static bool number_option(const char *name, int argc, char **argv, int *at, unsigned long *value)
{
    if (strcmp(argv[*at], name) != 0) {
        return false;
    }
    char *end = NULL;
    *at += 1;
    *value = *at < argc ? strtoul(argv[*at], &end, 10) : 0;
    if (end == NULL || end == argv[*at] || *end != '\0') {
        (void)fprintf(stderr, "%s needs a number\n", name);
        exit(2);
    }
    return true;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--faults") == 0) {
            replay.faults = true;
        } else if (!number_option("--mutations", argc, argv, &i, &replay.mutations) &&
                   !number_option("--seed", argc, argv, &i, &replay.seed)) {
            replay_path(argv[i]);
        }
    }
    free(replay.last);
    (void)printf("%lu files replayed, %lu executions\n", replay.files, replay.executions);
    if (replay.files == 0) {
        (void)fputs("nothing was replayed: name files or directories\n", stderr);
    }
    return replay.files > 0 && replay.unreadable == 0 ? 0 : 1;
}
