/* Names and paths that the workspace and asset_table_metadata.json spell alike: docs/contracts/workspace.md, 1.1 and 2.
 */
#ifndef PRPACK_VERIFY_CORE_SPELLING_H
#define PRPACK_VERIFY_CORE_SPELLING_H

#include "base/bytes.h"

enum { VERIFY_UUID_LENGTH = 36 };

/* 8-4-4-4-12 lower-case hexadecimal digits. */
bool verify_is_uuid(struct base_bytes text);

/* Whether what lies between two slashes of a path may lie there: it is not empty, "." or "..". */
bool verify_is_path_component(struct base_bytes component);

#endif
