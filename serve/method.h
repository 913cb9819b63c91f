/* The names of methods: prpack/NAME for each operation of the table, docs/contracts/serve.md, 4.1. */
#ifndef PRPACK_SERVE_METHOD_H
#define PRPACK_SERVE_METHOD_H

#include "base/text.h"
#include "service/operations.h"

/* Appends the name of the method. */
void serve_method_add(struct base_text *text, const struct service_operation *operation);

/* The operation of the method with this name, or NULL. */
const struct service_operation *serve_method_find(struct base_bytes name);

#endif
