/* Whether an asset has the sources that the last build packed: by their content. Threads: one at a time. */
#ifndef PRPACK_SERVICE_SHOWING_SOURCES_H
#define PRPACK_SERVICE_SHOWING_SOURCES_H

#include "service/showing/set.h"
#include "service/transaction/site.h"
#include "workspace/workspace.h"

struct service_show_comparison {
    const struct workspace *workspace;
    const struct workspace_record *record;
    const struct service_site *site;
    const struct service_output *output;
    const struct service_show_set *set; /* set->recorded has found the asset */
};

/* Fills sources and changes of shown->build, whose name is set. What the inputs are is in *shown. Files that
 * are there and cannot be read are reported. False when memory ran out. */
bool service_show_sources(struct service_shown *shown, const struct service_show_comparison *comparison,
                          struct base_findings *findings);

#endif
