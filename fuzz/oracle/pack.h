/* All rules of a pack that need no companions, a second time. */
#ifndef PRPACK_FUZZ_ORACLE_PACK_H
#define PRPACK_FUZZ_ORACLE_PACK_H

#include "fuzz/oracle/oracle.h"

/* Checks a whole pack by every rule but those that need companions. */
void oracle_check_pack(struct oracle *oracle, struct base_bytes pack);

#endif
