/* uuids in their text form, RFC 9562. */
#ifndef PRPACK_WORKSPACE_MODEL_UUID_H
#define PRPACK_WORKSPACE_MODEL_UUID_H

#include <stdbool.h>

enum { WORKSPACE_UUID_SIZE = 36 };

/* Whether text is 8-4-4-4-12 lower-case hex digits. */
bool workspace_uuid_is_valid(const char *text);

/* Draws a random uuid (version 4). Returns 0 or an errno value. */
int workspace_uuid_draw(char out[WORKSPACE_UUID_SIZE + 1]);

#endif
