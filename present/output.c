#include "present/output.h"

const char *present_remedy(const struct present_output *output, enum diag diagnostic, unsigned request_field)
{
    const char *remedy = output->remedies != NULL ? output->remedies(diagnostic, request_field) : NULL;
    return remedy != NULL ? remedy : diag_facts(diagnostic)->remedy;
}
