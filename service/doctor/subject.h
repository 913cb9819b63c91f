/* What `doctor` examines, and where its advice goes: docs/contracts/workspace.md, 8.10.
 *
 * Each kind of advice is a file of its own here, with one function that takes the subject. It reads, and reports
 * warnings. Threads: one at a time; a function may use workers of its own. */
#ifndef PRPACK_SERVICE_DOCTOR_SUBJECT_H
#define PRPACK_SERVICE_DOCTOR_SUBJECT_H

#include "service/service.h"
#include "service/transaction/site.h"
#include "workspace/workspace.h"

struct service_doctor_subject {
    struct base_task *task;
    const struct service_doctor_request *request;
    const struct service_site *site;
    const struct workspace *workspace; /* opened, loaded as far as possible, scanned */

    /* Every asset whose declaration is accepted, in the build set or not, in rising asset_id. */
    const struct workspace_asset **assets;
    size_t count;

    struct base_findings *findings;
};

/* The index of the asset with this id, which is one of the subject. */
size_t service_doctor_index(const struct service_doctor_subject *subject, int32_t asset_id);

#endif
