/* Makes a chosen allocation fail. A program that links prpack_memory_fault has its malloc, calloc, realloc, strdup and
 * posix_memalign counted; one thread only. */
#ifndef PRPACK_TESTS_BASE_MEMORY_FAULT_H
#define PRPACK_TESTS_BASE_MEMORY_FAULT_H

/* From now on `successes` allocations succeed, then all fail until memory_fault_off. Starts counting at 0. */
void memory_fault_after(unsigned successes);
/* All succeed again. Returns how many were asked for since memory_fault_after. */
unsigned memory_fault_off(void);

#endif
