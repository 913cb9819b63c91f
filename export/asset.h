/* One asset of a pack as the files of its root: docs/contracts/extract.md 2.1 to 2.3, and 3.
 *
 * Nothing is believed of what a pack says: a payload, a name and metadata may be anything that a reader accepts.
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_ASSET_H
#define PRPACK_EXPORT_ASSET_H

#include "base/task.h"
#include "export/exported.h"
#include "export/file.h"

/* Hands over asset.json and the inputs. Returns 0, ENOMEM, ECANCELED when the task, which may be NULL, was cancelled,
 * or what the sink returned. */
int export_asset(const struct export_asset *asset, struct base_task *task, const struct export_sink *sink,
                 struct export_outcome *outcome);

#endif
