/* The diagnostics as rules of SARIF: 2.1.0, 3.49. */
#ifndef PRPACK_PRESENT_SARIF_RULE_H
#define PRPACK_PRESENT_SARIF_RULE_H

#include "present/output.h"

/* Writes an array of all of them, in the order of the catalogue, to output->out. It is valid JSON when memory runs out,
 * too; then *output->out_of_memory is set. */
void present_sarif_rules(const struct present_output *output);

/* The place of a diagnostic in that array. */
unsigned present_sarif_rule_index(enum diag diagnostic);

#endif
