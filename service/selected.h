/* Some of the findings of a list. */
#ifndef PRPACK_SERVICE_SELECTED_H
#define PRPACK_SERVICE_SELECTED_H

#include "base/findings.h"

/* Reports those that are wanted again, in order. Those that were only counted are not. Passes on that memory ran out.
 */
void service_select_findings(struct base_findings *findings, const struct base_findings *from,
                             bool (*wanted)(const struct base_finding *finding));

#endif
