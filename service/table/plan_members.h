/* Members that the results of all operations have that can run dry. */
#ifndef PRPACK_SERVICE_TABLE_PLAN_MEMBERS_H
#define PRPACK_SERVICE_TABLE_PLAN_MEMBERS_H

#include "service/table/member.h"

/* What a list of struct service_planned consists of. */
extern const struct service_member service_row_planned;
const void *service_rows_of_planned(const void *record, size_t *at, union service_row *space);

/* Two members: whether nothing was done, and what would be. */
#define SERVICE_MEMBER_DRY_RUN(value)                                                                                  \
    {                                                                                                                  \
        .name = "dry_run", .kind = SERVICE_KIND_BOOLEAN, .help = "Nothing was done.", value                            \
    }
#define SERVICE_MEMBER_PLAN(value)                                                                                     \
    {                                                                                                                  \
        .name = "plan", .kind = SERVICE_KIND_LIST, .when = "dry_run", .row = &service_row_planned,                     \
        .rows = service_rows_of_planned, .help = "What would be done, in order.", value                                \
    }

#endif
