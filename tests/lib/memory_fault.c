#include "tests/lib/memory_fault.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

static unsigned asked;
static unsigned allowed = UINT_MAX;

void memory_fault_after(unsigned successes)
{
    asked = 0;
    allowed = successes;
}

unsigned memory_fault_off(void)
{
    allowed = UINT_MAX;
    return asked;
}

static bool refused(void)
{
    return asked++ >= allowed;
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
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size);

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return refused() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *string)
{
    return refused() ? NULL : __real_strdup(string);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    return refused() ? ENOMEM : __real_posix_memalign(memory, alignment, size);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
