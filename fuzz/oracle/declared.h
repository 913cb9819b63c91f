/* entry-too-long, once more: assets-pa-v1.md 4.4. */
#ifndef PRPACK_FUZZ_ORACLE_DECLARED_H
#define PRPACK_FUZZ_ORACLE_DECLARED_H

#include "fuzz/oracle/oracle.h"

/* Adds the entries that no asset.json can declare. Needs all findings about the spelling of the header. */
void oracle_check_declared(struct oracle *oracle);

#endif
