/* What leads on from a finding about an asset that is not where the registry says.
 *
 * Threads: the list of findings belongs to one thread at a time. */
#ifndef PRPACK_WORKSPACE_LEADS_H
#define PRPACK_WORKSPACE_LEADS_H

#include "workspace/workspace.h"

/* Gives findings of workspace_load_record about missing roots, missing anchors and other uuids a cause that names the
 * directories to adopt, where these are known (docs/contracts/workspace.md, 8.9). Looks through assets/ only if there
 * is such a finding, and needs workspace_open only. When memory runs out, findings->out_of_memory is set. */
void workspace_lead_on(const struct workspace *workspace, struct base_findings *findings);

#endif
