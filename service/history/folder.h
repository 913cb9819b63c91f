/* The names of folders in the quarantine: docs/contracts/workspace.md, 8.7. */
#ifndef PRPACK_SERVICE_HISTORY_FOLDER_H
#define PRPACK_SERVICE_HISTORY_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

/* The number of an operation: digits only, 1 … SERVICE_OPERATION_MAX; leading zeros do not count. False: it is none. */
bool service_folder_number(const char *name, uint64_t *number);

#endif
