/* What many operations ask for alike, found by the tables of their requests. */
#ifndef PRPACK_SERVICE_ASKED_H
#define PRPACK_SERVICE_ASKED_H

#include "service/request.h"
#include "service/table/member.h"

/* Which findings count by the request; NULL: it does not say. */
const struct service_findings_wish *service_asked_findings(const struct service_table *table, const void *request);

/* Whether the operation has a directory in place of assets/ that the request does not name. */
bool service_asked_usual_assets(const struct service_table *table, const void *request);

#endif
