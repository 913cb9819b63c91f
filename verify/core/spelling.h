/* Names, paths and strings that the workspace, asset_table_metadata.json and the header spell alike:
 * docs/contracts/workspace.md, 1.1, 1.2 and 2. */
#ifndef PRPACK_VERIFY_CORE_SPELLING_H
#define PRPACK_VERIFY_CORE_SPELLING_H

#include "base/bytes.h"
#include "base/task.h"

enum { VERIFY_UUID_LENGTH = 36 };

/* 8-4-4-4-12 lower-case hexadecimal digits. */
bool verify_is_uuid(struct base_bytes text);

/* Whether what lies between two slashes of a path may lie there: it is not empty, "." or "..". */
bool verify_is_path_component(struct base_bytes component);

/* Whether an escape in the span of a KEY or STRING is U+0000. Looks at the task, which may be NULL; when it was
 * cancelled, the answer means nothing. */
bool verify_has_nul(struct base_bytes span, struct base_task *task);

#endif
