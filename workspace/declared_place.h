/* Findings about a value of an asset.json that was loaded before.
 *
 * Threads: the list of findings belongs to one thread at a time. */
#ifndef PRPACK_WORKSPACE_DECLARED_PLACE_H
#define PRPACK_WORKSPACE_DECLARED_PLACE_H

#include "workspace/workspace.h"

#include <stdarg.h>

/* Adds a finding about the value that details->place.json_pointer names in the asset.json of an asset, with file,
 * asset, bytes and line. For that the file is read once more; when it has changed since it was loaded, or cannot be
 * read, the finding is without bytes and line. A value that is missing is at the brace of the object that it would be
 * in. While asset.json is not written yet, the finding names the asset root, without a pointer. */
__attribute__((format(printf, 6, 7))) void
workspace_report_declared(const struct workspace *workspace, const struct workspace_asset *asset,
                          struct base_findings *findings, enum diag diagnostic, const struct base_details *details,
                          const char *format, ...);
__attribute__((format(printf, 6, 0))) void
workspace_report_declaredv(const struct workspace *workspace, const struct workspace_asset *asset,
                           struct base_findings *findings, enum diag diagnostic, const struct base_details *details,
                           const char *format, va_list arguments);

#endif
