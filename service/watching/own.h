/* The names that a build writes beside its artifacts, in the directory that it publishes into. */
#ifndef PRPACK_SERVICE_WATCHING_OWN_H
#define PRPACK_SERVICE_WATCHING_OWN_H

#include <stdbool.h>

bool service_is_own_output(const char *name);

/* Whether a name in assets/.prometeu is read by a build as a part of the game. */
bool service_is_read_registry(const char *name);

#endif
