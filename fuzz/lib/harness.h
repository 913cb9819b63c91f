/* What every fuzz target uses: the entry points of the engines, a check that aborts, parameters from the tail of
 * the input, copies that end at a guard page, and counted memory.
 *
 * A target is one function, LLVMFuzzerTestOneInput, and knows no engine. It is linked with libFuzzer, with another
 * engine of the same interface, or with driver.c, which replays files. Threads: one, unless a function says
 * otherwise. */
#ifndef PRPACK_FUZZ_LIB_HARNESS_H
#define PRPACK_FUZZ_LIB_HARNESS_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Entry points: the engine's names ---- */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size,
                                 uint8_t *out, size_t max_size, unsigned int seed);
/* The engine's own mutator; mutate_fallback.c has a plain one for engines without. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* ---- Checks ---- */

/* Aborts with a message: what the engine calls a crash. Never compiled out. */
#define FUZZ_CHECK(condition) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))
/* The same for two unsigned numbers, which the message shows. */
#define FUZZ_CHECK_U64(actual, expected)                                                                               \
    fuzz_check_u64((uint64_t)(actual), (uint64_t)(expected), __FILE__, __LINE__, #actual " == " #expected)
/* The same for bytes. */
#define FUZZ_CHECK_BYTES(actual, expected)                                                                             \
    fuzz_check_bytes((actual), (expected), __FILE__, __LINE__, #actual " == " #expected)

_Noreturn void fuzz_fail(const char *file, int line, const char *text);
void fuzz_check_u64(uint64_t actual, uint64_t expected, const char *file, int line, const char *text);
void fuzz_check_bytes(struct base_bytes actual, struct base_bytes expected, const char *file, int line,
                      const char *text);

/* ---- Parameters ----
 *
 * Taken from the end of the input, so that the bytes before them keep their places while the engine changes them. Of an
 * input that is used up they are 0. Numbers are little endian. */

uint8_t fuzz_take_u8(struct base_bytes *input);
uint16_t fuzz_take_u16(struct base_bytes *input);
uint32_t fuzz_take_u32(struct base_bytes *input);
uint64_t fuzz_take_u64(struct base_bytes *input);
/* A number from 0 to count - 1; takes one byte for counts up to 256, else four. count > 0. */
uint32_t fuzz_take_below(struct base_bytes *input, uint32_t count);
/* Takes at most `size` bytes from the front. */
struct base_bytes fuzz_take_front(struct base_bytes *input, size_t size);

/* ---- Guarded copies ---- */

enum { FUZZ_GUARD_SLOTS = 4 };

/* Copies bytes so that an inaccessible page begins after the last one: a read past the end is a crash under
 * every compiler. With AddressSanitizer the bytes before the first one are inaccessible too. The copy is valid until
 * the next one into the same slot; never NULL. */
struct base_bytes fuzz_guard(unsigned slot, struct base_bytes bytes);

/* ---- Counted memory: memory.c ----
 *
 * malloc and its family are wrapped at link time in everything that is linked statically: all rooms, no shared library.
 * Safe from any thread. */

/* Counts from here on; forgets an allocation that was to fail. */
void fuzz_memory_begin(void);
/* The most bytes that were allocated at one time since then. */
size_t fuzz_memory_peak(void);
/* Bytes allocated since then and not freed; negative when older ones were. */
int64_t fuzz_memory_live(void);
/* Lets the nth allocation from now on fail, once: 1 is the next, 0 is none. */
void fuzz_memory_fail(uint64_t nth);
/* While it is on, every allocation fails. */
void fuzz_memory_refuse_all(bool on);
/* Whether it came to that. Ends the waiting for it. */
bool fuzz_memory_failed(void);
/* Writes a byte at the nth allocation from now on, once: as if another process changed what is read. 0 is none. */
void fuzz_memory_disturb(uint64_t nth, uint8_t *at, uint8_t value);

/* ---- Failing system calls: calls.c ----
 *
 * Wrapped at link time like memory: open, openat, openat2, stat, lstat, fstat, fstatat, fcntl, pread, pwrite,
 * fallocate, fsync, mmap, madvise, close, getrandom, pthread_create, pthread_mutex_init. (What a compiler fortifies
 * does not pass here.) Safe from any thread. */

enum fuzz_call_fault {
    FUZZ_CALL_ERROR,     /* EIO; of a pwrite ENOSPC */
    FUZZ_CALL_INTERRUPT, /* EINTR, where a call can be interrupted: must never be seen */
    FUZZ_CALL_SHORT,     /* one byte, where more were asked for: must never be seen */
    FUZZ_CALL_END,       /* a pread at the end of the file; of another call EACCES */
    FUZZ_CALL_FAULTS
};

/* Lets the nth call from now on fail so, once: 1 is the next, 0 is none. */
void fuzz_call_fail(uint64_t nth, enum fuzz_call_fault kind);
/* Whether it came to that. Ends the waiting for it. */
bool fuzz_call_failed(void);
/* Does something right before the nth call from now on, once: as if another process changed what is read. 0 is never.
 */
void fuzz_call_disturb(uint64_t nth, void (*act)(void *context), void *context);

/* ---- Sweeps: what driver.c does with --faults ----
 *
 * A target takes from its input whether something fails, and when. While a sweep is on, what a target lets fail fails
 * at the sweep's place instead, so that one input becomes one run for each place there is. */

/* From now on: the nth, whatever a target asks for. 0 ends the sweep. */
void fuzz_sweep(uint64_t nth);
/* Whether a target asked for a failure since then. */
bool fuzz_sweep_asked(void);
/* Whether something failed since then. */
bool fuzz_sweep_failed(void);

/* ---- For memory.c and calls.c: what a target asks for becomes what it gets ---- */

uint64_t fuzz_sweep_place(uint64_t nth);
/* Counts one place. Whether it is the one that was waited for, which a sweep then takes note of; 0 waits for none. Safe
 * from any thread. */
bool fuzz_sweep_count(_Atomic uint64_t *countdown);

/* ---- Chance, for the mutators: a seed gives the same numbers everywhere ---- */

struct fuzz_random {
    uint64_t state;
};

struct fuzz_random fuzz_random_make(uint64_t seed);
uint64_t fuzz_random_u64(struct fuzz_random *random);
/* A number from 0 to count - 1. count > 0. */
uint32_t fuzz_random_below(struct fuzz_random *random, uint32_t count);

#endif
