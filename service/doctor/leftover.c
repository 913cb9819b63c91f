#include "service/doctor/leftover.h"

#include "service/cleaning/leftovers.h"
#include "service/transaction/holder.h"

#include <inttypes.h>

static void report(const struct service_doctor_subject *subject, const struct service_leftover *leftover)
{
    const struct base_details details = {.place.file = leftover->path, .severity = BASE_WARNING};
    base_report(subject->findings, DIAG_LEFTOVER, &details, "%s (%" PRIu64 " byte%s)", leftover->reason, leftover->size,
                leftover->size == 1 ? "" : "s");
}

void service_doctor_leftovers(const struct service_doctor_subject *subject)
{
    struct service_leftovers left;
    struct service_holder holder;
    struct base_findings unsaid;
    if (service_holder_find(subject->site->registry_fd, &holder)) {
        return; /* a process is at work, and what it has there is not left over */
    }
    base_findings_init(&unsaid);
    service_leftovers_find(&left, subject->site, subject->request->output, &subject->workspace->stages, &unsaid);
    for (size_t i = 0; i < left.count; i++) {
        if (!left.items[i].busy && left.items[i].kind != SERVICE_LEFTOVER_CACHE) {
            report(subject, &left.items[i]);
        }
    }
    subject->findings->out_of_memory = subject->findings->out_of_memory || unsaid.out_of_memory;
    base_findings_free(&unsaid);
    service_leftovers_free(&left);
}
