/* The two forms of `ids`: docs/contracts/builder-integration.md 10. A report that conforms goes in, a text comes out;
 * running out of memory shows in the text. */
#ifndef PRPACK_SERVICE_IDS_PRINT_H
#define PRPACK_SERVICE_IDS_PRINT_H

#include "base/findings.h"
#include "base/text.h"
#include "service/report.h"

void service_ids_print_json(const struct service_report *report, struct base_text *text);

/* False, with identifier-clash in findings for each pair, when two names become one identifier. */
bool service_ids_print_c(const struct service_report *report, struct base_text *text, struct base_findings *findings);

#endif
