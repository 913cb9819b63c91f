/* Makes chosen allocations fail, and measures the heap. A program that links prpack_memory_fault has the calls of
 * malloc, calloc, realloc, strdup, strndup, posix_memalign and free from its own code counted here (the linker's
 * --wrap); calls inside libraries are not seen. For one thread only.
 *
 * The loop over all allocations of an action ends with the first run in which nothing was refused:
 *
 *     unsigned n = 0;
 *     bool refused;
 *     do {
 *         memory_fault_once(n);
 *         act();
 *         refused = memory_fault_off() > n; // compare before n moves on: act() may give up at once
 *         ...                               // if refused, the action must have failed as it promises
 *         n++;
 *     } while (refused); */
#ifndef PRPACK_TESTS_LIB_MEMORY_FAULT_H
#define PRPACK_TESTS_LIB_MEMORY_FAULT_H

#include <stddef.h>

/* Each of these two starts counting at 0. `successes` allocations succeed; then all fail, or one fails, until
 * memory_fault_off. */
void memory_fault_after(unsigned successes);
void memory_fault_once(unsigned successes);
/* All succeed again. Returns how many were asked for since the start. */
unsigned memory_fault_off(void);

/* Between these two, allocations succeed and are not counted. */
void memory_fault_pause(void);
void memory_fault_resume(void);

/* Starts measuring: what is allocated now does not count. */
void memory_fault_measure(void);
/* Bytes allocated and not freed since memory_fault_measure, and their highest number. Memory that a library has
 * allocated and the program frees counts negative, so measure only code without such calls. */
size_t memory_fault_live(void);
size_t memory_fault_peak(void);

#endif
