/* Checks one asset as a build does that packs it alone, and writes nothing. */
#ifndef PRPACK_WRITER_CHECK_H
#define PRPACK_WRITER_CHECK_H

#include "base/task.h"
#include "workspace/workspace.h"
#include "writer/sheets.h"

#include <stdint.h>

/* Adds every error and warning that a build would report about the asset by itself: its declaration and its sources,
 * but not conflicts with other assets, such as those of slots. max_decoded is the number of bytes that its sound may
 * decode to; 0: WRITER_DECODED_DEFAULT.
 *
 * `sheets`, which may be NULL, gets the sheet of a glyph bank that could be packed. The asset need not be one of the
 * workspace. Takes as much memory as one worker of a build, whatever the sources are.
 * When the task, which may be NULL, is cancelled, findings may be wrong. Threads: many assets at once; the workspace is
 * only read. */
void writer_check_asset(struct base_task *task, const struct workspace *workspace, const struct workspace_asset *asset,
                        uint64_t max_decoded, const struct writer_sheets *sheets, struct base_findings *findings);

#endif
