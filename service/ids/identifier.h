/* Names as identifiers of C: docs/contracts/builder-integration.md 10. */
#ifndef PRPACK_SERVICE_IDS_IDENTIFIER_H
#define PRPACK_SERVICE_IDS_IDENTIFIER_H

#include "base/text.h"

/* Appends a name to an identifier: letters in upper case, digits, and one '_' for each run of other bytes. A run that
 * comes after a '_' adds nothing, so no identifier has "__", which C++ keeps for itself. */
void service_identifier_add(struct base_text *identifier, const char *name);

/* Whether service_identifier_add finds a letter or digit in a name. */
bool service_identifier_has_any(const char *name);

#endif
