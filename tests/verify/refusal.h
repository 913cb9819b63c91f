/* Refuses allocations and reads. The program must be linked with prpack_memory_fault and the wraps of pread
 * (CMakeLists.txt). */
#ifndef PRPACK_TESTS_VERIFY_REFUSAL_H
#define PRPACK_TESTS_VERIFY_REFUSAL_H

#include "verify/verify.h"

enum refusal { REFUSE_ALLOCATION, REFUSE_READ };

/* Runs verify with the Nth allocation or read refused (`for_ever`: and all later ones), N from 1 until nothing is
 * refused any more, and check after each run in which something was. Returns how many were refused in turn. */
unsigned long refuse_each(enum refusal refusal, bool for_ever, void (*verify)(struct verify_report *report),
                          void (*check)(const struct verify_report *report));

/* Calls `act` once, before the Nth read from now on. */
void before_read(unsigned long number, void (*act)(void));

#endif
