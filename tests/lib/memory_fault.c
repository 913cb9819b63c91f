#include "tests/lib/memory_fault.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <stdbool.h>

static unsigned asked;
static unsigned refused_from = UINT_MAX; /* number of the first allocation that fails, from 0 */
static unsigned refused_count;
static bool paused;

static size_t live; /* bytes */
static size_t peak;

static void start(unsigned from, unsigned count)
{
    asked = 0;
    refused_from = from;
    refused_count = count;
}

void memory_fault_after(unsigned successes)
{
    start(successes, UINT_MAX);
}

void memory_fault_once(unsigned successes)
{
    start(successes, 1);
}

unsigned memory_fault_off(void)
{
    refused_count = 0;
    return asked;
}

void memory_fault_pause(void)
{
    paused = true;
}

void memory_fault_resume(void)
{
    paused = false;
}

void memory_fault_measure(void)
{
    live = 0;
    peak = 0;
}

size_t memory_fault_live(void)
{
    return live;
}

size_t memory_fault_peak(void)
{
    return peak;
}

static bool is_refused(void)
{
    if (paused) {
        return false;
    }
    unsigned number = asked++;
    return number >= refused_from && number - refused_from < refused_count;
}

/* Measures an allocation that took the place of `before` bytes. */
static void *measure(void *memory, size_t before)
{
    live += malloc_usable_size(memory) - before;
    peak = live > peak ? live : peak;
    return memory;
}

/* The linker's names for --wrap. */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__real_strdup(const char *string);
char *__wrap_strdup(const char *string);
char *__real_strndup(const char *string, size_t size);
char *__wrap_strndup(const char *string, size_t size);
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size);
void __real_free(void *memory);
void __wrap_free(void *memory);

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : measure(__real_malloc(size), 0);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : measure(__real_calloc(count, size), 0);
}

void *__wrap_realloc(void *memory, size_t size)
{
    size_t before = malloc_usable_size(memory);
    return is_refused() ? NULL : measure(__real_realloc(memory, size), before);
}

char *__wrap_strdup(const char *string)
{
    return is_refused() ? NULL : measure(__real_strdup(string), 0);
}

char *__wrap_strndup(const char *string, size_t size)
{
    return is_refused() ? NULL : measure(__real_strndup(string, size), 0);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    int error = is_refused() ? ENOMEM : __real_posix_memalign(memory, alignment, size);
    if (error == 0) {
        (void)measure(*memory, 0);
    }
    return error;
}

void __wrap_free(void *memory)
{
    live -= malloc_usable_size(memory);
    __real_free(memory);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
