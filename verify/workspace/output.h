/* The member output of a declaration. */
#ifndef PRPACK_VERIFY_WORKSPACE_OUTPUT_H
#define PRPACK_VERIFY_WORKSPACE_OUTPUT_H

#include "verify/workspace/declared.h"

/* Reads it into declared. has_bank: declared->bank is that of the type. False when the format is not known: then the
 * roles of the inputs are not known either. */
bool verify_declared_read_output(struct verify_declared *declared, struct json_token output, bool has_bank);

#endif
