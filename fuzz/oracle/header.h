/* The rules of class L of a header, a second time. */
#ifndef PRPACK_FUZZ_ORACLE_HEADER_H
#define PRPACK_FUZZ_ORACLE_HEADER_H

#include "fuzz/oracle/oracle.h"

/* Checks a header by the rules of class L, and json-duplicate-key. Free the oracle afterwards. */
void oracle_check_header(struct oracle *oracle, struct base_bytes header, uint64_t payload_offset, uint64_t file_size);

#endif
