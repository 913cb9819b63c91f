/* Counted memory. The linker sends malloc and its family here (--wrap), so this works with every compiler and beside
 * every sanitizer. Sizes are those that the allocator really gave. */
#include "fuzz/lib/harness.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* The linker's names. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
void *__real_malloc(size_t size);
void *__real_calloc(size_t number, size_t size);
void *__real_realloc(void *memory, size_t size);
int __real_posix_memalign(void **out, size_t alignment, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t number, size_t size);
void *__wrap_realloc(void *memory, size_t size);
int __wrap_posix_memalign(void **out, size_t alignment, size_t size);
void __wrap_free(void *memory);
char *__wrap_strdup(const char *string);
char *__wrap_strndup(const char *string, size_t limit);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static _Atomic int64_t live;
static _Atomic int64_t peak;
static _Atomic uint64_t countdown; /* 0: no allocation is to fail */
static _Atomic bool failed;
static _Atomic bool refusing_all;

static struct {
    _Atomic uint64_t countdown; /* 0: nothing is to be written */
    uint8_t *at;
    uint8_t value;
} disturbance;

void fuzz_memory_begin(void)
{
    live = 0;
    peak = 0;
    countdown = 0;
    failed = false;
    disturbance.countdown = 0;
}

size_t fuzz_memory_peak(void)
{
    return (size_t)peak;
}

int64_t fuzz_memory_live(void)
{
    return live;
}

void fuzz_memory_fail(uint64_t nth)
{
    failed = false;
    countdown = fuzz_sweep_place(nth);
}

bool fuzz_memory_failed(void)
{
    countdown = 0;
    return failed;
}

void fuzz_memory_disturb(uint64_t nth, uint8_t *at, uint8_t value)
{
    disturbance.countdown = fuzz_sweep_place(nth);
    disturbance.at = at;
    disturbance.value = value;
}

void fuzz_memory_refuse_all(bool on)
{
    refusing_all = on;
}

static void disturb(void)
{
    if (fuzz_sweep_count(&disturbance.countdown)) {
        *disturbance.at = disturbance.value;
    }
}

/* Whether this allocation is the one to fail. */
static bool fails(void)
{
    disturb();
    if (refusing_all) {
        return true;
    }
    bool is_it = fuzz_sweep_count(&countdown);
    failed = failed || is_it;
    return is_it;
}

static void count(int64_t bytes)
{
    int64_t now = atomic_fetch_add(&live, bytes) + bytes;
    int64_t most = peak;
    while (now > most && !atomic_compare_exchange_weak(&peak, &most, now)) {
    }
}

static int64_t size_of(void *memory)
{
    return memory != NULL ? (int64_t)malloc_usable_size(memory) : 0;
}

void *__wrap_malloc(size_t size)
{
    void *memory = fails() ? NULL : __real_malloc(size);
    count(size_of(memory));
    return memory;
}

void *__wrap_calloc(size_t number, size_t size)
{
    void *memory = fails() ? NULL : __real_calloc(number, size);
    count(size_of(memory));
    return memory;
}

void *__wrap_realloc(void *memory, size_t size)
{
    if (fails()) {
        return NULL;
    }
    int64_t before = size_of(memory);
    void *moved = __real_realloc(memory, size);
    if (moved != NULL) {
        count(size_of(moved));
        count(-before);
    }
    return moved;
}

int __wrap_posix_memalign(void **out, size_t alignment, size_t size)
{
    int problem = fails() ? ENOMEM : __real_posix_memalign(out, alignment, size);
    count(problem == 0 ? size_of(*out) : 0);
    return problem;
}

void __wrap_free(void *memory)
{
    count(-size_of(memory));
    __real_free(memory);
}

char *__wrap_strndup(const char *string, size_t limit)
{
    size_t length = strnlen(string, limit);
    char *copy = __wrap_malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, string, length);
        copy[length] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *string)
{
    return __wrap_strndup(string, SIZE_MAX - 1);
}
