/* The member inputs of a declaration. */
#ifndef PRPACK_VERIFY_WORKSPACE_INPUTS_H
#define PRPACK_VERIFY_WORKSPACE_INPUTS_H

#include "verify/workspace/declared.h"

/* Reads the roles that the format has, in recorded order. */
void verify_declared_read_inputs(struct verify_declared *declared, struct json_token inputs);

#endif
