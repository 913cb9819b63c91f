/* The folders of the quarantine, assets/.prometeu/quarantine/NNNN, by their paths: docs/contracts/workspace.md, 8.7.
 *
 * Paths are relative to assets/. */
#ifndef PRPACK_SERVICE_TRANSACTION_FOLDER_H
#define PRPACK_SERVICE_TRANSACTION_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

/* Numbers of operations are 1 … this. */
#define SERVICE_OPERATION_MAX UINT64_C(999999999999)

/* What a folder has: what is known of the asset, and its directory. */
#define SERVICE_FOLDER_RECORD "record.json"
#define SERVICE_FOLDER_FILES "files"

/* The number of an operation: digits only, 1 … SERVICE_OPERATION_MAX; leading zeros do not count. False: it is none. */
bool service_folder_number(const char *name, uint64_t *number);

/* The path of a folder whose name is "0012", or of an entry of it, which may be NULL. The caller frees it; NULL when
 * memory ran out. */
char *service_folder_path(const char *name, const char *entry);

/* The name of the folder of a number, with at least four digits. The caller frees it; NULL when memory ran out. */
char *service_folder_name(uint64_t number);

/* Whether a path is that of a folder, of the record in one, or of the directory in one. */
bool service_folder_is(const char *path);
bool service_folder_is_record(const char *path);
bool service_folder_is_files(const char *path);

#endif
