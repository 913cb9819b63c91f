/* Linked into prpack, makes allocations fail: with REFUSE_MEMORY="once N" the Nth, with "on N" that one and all later
 * ones. N counts from main on. When the program ends, it writes the number of allocations into the file
 * REFUSE_MEMORY_COUNT, if that is set.
 *
 * Without sanitizers the allocators are replaced, so that the calls of all libraries count; sanitizers have allocators
 * of their own, so with them only the calls of the program itself are caught, by the linker's --wrap.
 *
 * The calls of libsndfile do not count: some of its versions go on with the NULL that they got. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-inconsistent-declaration-parameter-name):
 * the linker's and the C library's own names */
#ifdef REFUSE_MEMORY_WRAPPED
#define REPLACED(name) __wrap_##name
#define ORIGINAL(name) __real_##name
#else
#define REPLACED(name) name
#define ORIGINAL(name) __libc_##name
#endif

/* Libraries find a replaced allocator only where it is visible to them. */
#define REPLACEMENT __attribute__((visibility("default")))

static atomic_ulong asked;
static unsigned long refused_from;
static unsigned long refused_to;
static atomic_bool counting;

__attribute__((constructor)) static void begin(void)
{
    const char *order = getenv("REFUSE_MEMORY");
    if (order != NULL) {
        bool once = strncmp(order, "once ", 5) == 0;
        refused_from = strtoul(strchr(order, ' '), NULL, 10);
        refused_to = once ? refused_from : (unsigned long)-1;
    }
    atomic_store(&counting, true);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("REFUSE_MEMORY_COUNT");
    unsigned long count = atomic_load(&asked);
    atomic_store(&counting, false);
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        (void)fprintf(file, "%lu\n", count);
        (void)fclose(file);
    }
}

static bool is_libsndfile(const void *caller)
{
    Dl_info info;
    return dladdr(caller, &info) != 0 && info.dli_fname != NULL && strstr(info.dli_fname, "libsndfile") != NULL;
}

static bool refused(const void *caller)
{
    if (!atomic_load(&counting) || is_libsndfile(caller)) {
        return false;
    }
    unsigned long number = atomic_fetch_add(&asked, 1) + 1;
    if (refused_from == 0 || number < refused_from || number > refused_to) {
        return false;
    }
    errno = ENOMEM;
    return true;
}

void *ORIGINAL(malloc)(size_t size);
REPLACEMENT void *REPLACED(malloc)(size_t size);
void *ORIGINAL(calloc)(size_t count, size_t size);
REPLACEMENT void *REPLACED(calloc)(size_t count, size_t size);
void *ORIGINAL(realloc)(void *memory, size_t size);
REPLACEMENT void *REPLACED(realloc)(void *memory, size_t size);

void *REPLACED(malloc)(size_t size)
{
    return refused(__builtin_return_address(0)) ? NULL : ORIGINAL(malloc)(size);
}

void *REPLACED(calloc)(size_t count, size_t size)
{
    return refused(__builtin_return_address(0)) ? NULL : ORIGINAL(calloc)(count, size);
}

void *REPLACED(realloc)(void *memory, size_t size)
{
    return refused(__builtin_return_address(0)) ? NULL : ORIGINAL(realloc)(memory, size);
}

#ifdef REFUSE_MEMORY_WRAPPED
char *__real_strdup(const char *string);
char *__wrap_strdup(const char *string);
char *__real_strndup(const char *string, size_t size);
char *__wrap_strndup(const char *string, size_t size);
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size);

char *__wrap_strdup(const char *string)
{
    return refused(__builtin_return_address(0)) ? NULL : __real_strdup(string);
}

char *__wrap_strndup(const char *string, size_t size)
{
    return refused(__builtin_return_address(0)) ? NULL : __real_strndup(string, size);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    return refused(__builtin_return_address(0)) ? ENOMEM : __real_posix_memalign(memory, alignment, size);
}
#else
void *__libc_memalign(size_t alignment, size_t size);

REPLACEMENT int posix_memalign(void **memory, size_t alignment, size_t size);

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *allocated = refused(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
    if (allocated == NULL) {
        return ENOMEM;
    }
    *memory = allocated;
    return 0;
}
#endif
/*
 * NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-inconsistent-declaration-parameter-name)
 */
