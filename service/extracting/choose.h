/* Which assets of a pack a request names: docs/contracts/extract.md. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_CHOOSE_H
#define PRPACK_SERVICE_EXTRACTING_CHOOSE_H

#include "base/findings.h"
#include "base/task.h"
#include "service/extracting/titles.h"
#include "service/request.h"

/* Marks in chosen[], which has an element for each entry of the pack, those that are named; without names, all. False
 * with the reason in findings, or when the task was cancelled. */
bool service_extract_choose(const struct service_extract_titles *titles, const struct service_strings *names,
                            struct base_task *task, bool *chosen, struct base_findings *findings);

#endif
