/* The rules of class C of a header, a second time. */
#ifndef PRPACK_FUZZ_ORACLE_CONFORM_H
#define PRPACK_FUZZ_ORACLE_CONFORM_H

#include "fuzz/oracle/oracle.h"

/* The rules of class C of a header without a fault in its text. */
void oracle_check_conformance(struct oracle *oracle, struct base_bytes pack);

#endif
