#include "fuzz/lib/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define FUZZ_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FUZZ_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef FUZZ_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

/* ---- Checks ---- */

_Noreturn void fuzz_fail(const char *file, int line, const char *text)
{
    (void)fprintf(stderr, "%s:%d: check failed: %s\n", file, line, text);
    (void)fflush(stderr);
    abort();
}

void fuzz_check_u64(uint64_t actual, uint64_t expected, const char *file, int line, const char *text)
{
    if (actual != expected) {
        (void)fprintf(stderr, "%llu is not %llu\n", (unsigned long long)actual, (unsigned long long)expected);
        fuzz_fail(file, line, text);
    }
}

static void print_bytes(const char *what, struct base_bytes bytes)
{
    (void)fprintf(stderr, "%s (%zu bytes): ", what, bytes.size);
    for (size_t i = 0; i < bytes.size && i < 256; i++) {
        uint8_t byte = bytes.data[i];
        bool plain = byte >= ' ' && byte < 0x7F && byte != '\\';
        (void)(plain ? fprintf(stderr, "%c", byte) : fprintf(stderr, "\\x%02x", byte));
    }
    (void)fputc('\n', stderr);
}

void fuzz_check_bytes(struct base_bytes actual, struct base_bytes expected, const char *file, int line,
                      const char *text)
{
    if (!base_bytes_equal(actual, expected)) {
        print_bytes("actual", actual);
        print_bytes("expected", expected);
        fuzz_fail(file, line, text);
    }
}

/* ---- Parameters ---- */

uint8_t fuzz_take_u8(struct base_bytes *input)
{
    if (input->size == 0) {
        return 0;
    }
    input->size--;
    return input->data[input->size];
}

static uint64_t take_number(struct base_bytes *input, unsigned width)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++) {
        value = value << 8 | fuzz_take_u8(input);
    }
    return value;
}

uint16_t fuzz_take_u16(struct base_bytes *input)
{
    return (uint16_t)take_number(input, 2);
}

uint32_t fuzz_take_u32(struct base_bytes *input)
{
    return (uint32_t)take_number(input, 4);
}

uint64_t fuzz_take_u64(struct base_bytes *input)
{
    return take_number(input, 8);
}

uint32_t fuzz_take_below(struct base_bytes *input, uint32_t count)
{
    return (count <= 256 ? fuzz_take_u8(input) : fuzz_take_u32(input)) % count;
}

struct base_bytes fuzz_take_front(struct base_bytes *input, size_t size)
{
    struct base_bytes front = {.data = input->data, .size = size < input->size ? size : input->size};
    if (front.size > 0) {
        input->data += front.size;
        input->size -= front.size;
    }
    return front;
}

/* ---- Guarded copies ---- */

struct guard {
    uint8_t *base; /* NULL: not mapped yet */
    size_t usable; /* bytes before the guard page */
};

static struct guard guards[FUZZ_GUARD_SLOTS];

enum { FIRST_GUARD = 1 << 16 };

static void map_guard(struct guard *guard, size_t wanted)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t usable = (wanted < FIRST_GUARD ? FIRST_GUARD : wanted + wanted / 2) / page * page + page;
    if (guard->base != NULL) {
        ASAN_UNPOISON_MEMORY_REGION(guard->base, guard->usable);
        (void)munmap(guard->base, guard->usable + page);
    }
    void *base = mmap(NULL, usable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED || mprotect((uint8_t *)base + usable, page, PROT_NONE) != 0) {
        fuzz_fail(__FILE__, __LINE__, "no memory for a guarded copy");
    }
    *guard = (struct guard){.base = base, .usable = usable};
}

struct base_bytes fuzz_guard(unsigned slot, struct base_bytes bytes)
{
    FUZZ_CHECK(slot < FUZZ_GUARD_SLOTS);
    struct guard *guard = &guards[slot];
    if (guard->base == NULL || guard->usable < bytes.size) {
        map_guard(guard, bytes.size);
    }
    uint8_t *copy = guard->base + (guard->usable - bytes.size);
    ASAN_UNPOISON_MEMORY_REGION(guard->base, guard->usable);
    if (bytes.size > 0) {
        memcpy(copy, bytes.data, bytes.size);
    }
    ASAN_POISON_MEMORY_REGION(guard->base, (size_t)(copy - guard->base));
    return base_bytes_make(copy, bytes.size);
}

/* ---- Chance: splitmix64 ---- */

struct fuzz_random fuzz_random_make(uint64_t seed)
{
    return (struct fuzz_random){.state = seed};
}

uint64_t fuzz_random_u64(struct fuzz_random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t value = random->state;
    value = (value ^ value >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ value >> 27) * UINT64_C(0x94D049BB133111EB);
    return value ^ value >> 31;
}

uint32_t fuzz_random_below(struct fuzz_random *random, uint32_t count)
{
    return (uint32_t)(fuzz_random_u64(random) % count);
}
