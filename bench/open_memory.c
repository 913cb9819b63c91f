/* bench_open_memory map|read PACK: what an open pack costs. Bytes of heap (most at one time while opening, and while it
 * is open), counted at malloc and free; resident bytes of the whole process after opening and at most; bytes of the
 * header. */
#include "bench/measure.h"
#include "reader/pack.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t live;
static size_t most;

/* The linker gives these names to the functions of the C library and to those that replace them. */
void *__real_malloc(size_t size);                // NOLINT(bugprone-reserved-identifier,cert-*)
void *__real_calloc(size_t count, size_t size);  // NOLINT(bugprone-reserved-identifier,cert-*)
void *__real_realloc(void *memory, size_t size); // NOLINT(bugprone-reserved-identifier,cert-*)
void __real_free(void *memory);                  // NOLINT(bugprone-reserved-identifier,cert-*)
void *__wrap_malloc(size_t size);                // NOLINT(bugprone-reserved-identifier,cert-*)
void *__wrap_calloc(size_t count, size_t size);  // NOLINT(bugprone-reserved-identifier,cert-*)
void *__wrap_realloc(void *memory, size_t size); // NOLINT(bugprone-reserved-identifier,cert-*)
void __wrap_free(void *memory);                  // NOLINT(bugprone-reserved-identifier,cert-*)

static void *counted(void *memory)
{
    live += malloc_usable_size(memory);
    most = live > most ? live : most;
    return memory;
}

void *__wrap_malloc(size_t size) // NOLINT(bugprone-reserved-identifier,cert-*)
{
    return counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size) // NOLINT(bugprone-reserved-identifier,cert-*)
{
    return counted(__real_calloc(count, size));
}

/* Large blocks move by remapping, so the old one and the new one are never both there. */
void *__wrap_realloc(void *memory, size_t size) // NOLINT(bugprone-reserved-identifier,cert-*)
{
    size_t before = malloc_usable_size(memory);
    void *moved = __real_realloc(memory, size);
    if (moved != NULL) {
        live -= before;
    }
    return moved != NULL ? counted(moved) : NULL;
}

void __wrap_free(void *memory) // NOLINT(bugprone-reserved-identifier,cert-*)
{
    live -= malloc_usable_size(memory);
    __real_free(memory);
}

/* A line of /proc/self/status, in bytes. */
static size_t status_bytes(const char *name)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    size_t kib = 0;
    if (file == NULL) {
        bench_die("cannot read /proc/self/status");
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kib = strtoul(line + strlen(name), NULL, 10);
        }
    }
    (void)fclose(file);
    return kib * 1024;
}

int main(int argc, char **argv)
{
    if (argc != 3 || (strcmp(argv[1], "map") != 0 && strcmp(argv[1], "read") != 0)) {
        bench_die("usage: bench_open_memory map|read PACK");
    }
    struct pp_pack_options options = {.access = strcmp(argv[1], "map") == 0 ? PP_ACCESS_MAP : PP_ACCESS_READ};
    struct pp_error error;
    size_t before = status_bytes("VmRSS:");
    live = 0;
    most = 0;
    struct pp_pack *pack = pp_pack_open(argv[2], &options, &error);
    size_t heap = live;
    size_t heap_most = most;
    if (pack == NULL) {
        bench_die(error.text);
    }
    (void)printf("{\"header\":%zu,\"heap\":%zu,\"heap_most\":%zu,\"resident_before\":%zu,\"resident\":%zu,"
                 "\"resident_most\":%zu}\n",
                 pp_pack_header(pack).size, heap, heap_most, before, status_bytes("VmRSS:"), status_bytes("VmHWM:"));
    pp_pack_close(pack);
    return 0;
}
