/* Two assets of the build set that have one name. */
#ifndef PRPACK_WORKSPACE_NAME_TWICE_H
#define PRPACK_WORKSPACE_NAME_TWICE_H

#include "workspace/workspace.h"

/* Adds the finding, at the name in the asset.json of the asset that comes later. `first` is the record of the other
 * one. */
void workspace_report_name_twice(const struct workspace *workspace, const struct workspace_asset *asset,
                                 const struct workspace_record *first, struct base_findings *findings);

#endif
