/* The budget of decoded bytes: a small FLAC can decode to any number of samples (docs/contracts/workspace.md, 3.2.4).
 */
#ifndef PRPACK_WRITER_PLAN_BUDGET_H
#define PRPACK_WRITER_PLAN_BUDGET_H

#include "writer/plan/plan.h"

/* Reports decoded-budget for each sound that would be decoded beyond `budget` bytes for all of them together, and marks
 * it as faulty. Needs the plan to be probed. */
void writer_plan_check_budget(struct writer_plan *plan, const struct workspace *workspace, uint64_t budget,
                              struct base_findings *findings);

#endif
