/* One build, as its steps see it. */
#ifndef PRPACK_SERVICE_BUILDING_BUILDING_H
#define PRPACK_SERVICE_BUILDING_BUILDING_H

#include "service/building/depfile.h"
#include "service/building/pictures.h"
#include "service/incremental/incremental.h"
#include "service/policy.h"
#include "service/service.h"
#include "service/transaction/lock.h"
#include "service/transaction/output.h"
#include "service/transaction/swap.h"
#include "writer/writer.h"

struct service_building {
    struct base_task *task;
    const struct service_build_request *request;
    struct service_lock_wish wish;
    struct service_build_result *result;
    struct base_findings *findings;
    struct base_policy policy; /* which of them count */
    struct workspace workspace;
    struct service_site site; /* holds the workspace lock, unless the build only checks */
    enum service_moved moved; /* of the sets of earlier builds */
    struct service_output output;
    struct service_incremental *incremental;
    struct service_depfile depfile;
    struct service_pictures pictures;
    struct writer_summary summary;
    struct base_findings written; /* of the last run of the writer, until no other one follows */
};

#endif
