/* Reports what a workspace cannot say as the pack does: extract-inexact, docs/contracts/extract.md 3. */
#ifndef PRPACK_SERVICE_EXTRACTING_INEXACT_H
#define PRPACK_SERVICE_EXTRACTING_INEXACT_H

#include "base/findings.h"
#include "service/extracting/titles.h"

/* The id of the entry is below 1. */
void service_extract_report_id(const struct service_extract_titles *titles, size_t entry,
                               struct base_findings *findings);

/* `inexact` are enum export_inexact bits; `twice`: the asset is in two slots. Its name is looked at, too. */
void service_extract_report_inexact(const struct service_extract_titles *titles, size_t entry, unsigned inexact,
                                    bool twice, struct base_findings *findings);

#endif
