/* The folders of the quarantine that a request names. */
#ifndef PRPACK_SERVICE_QUARANTINE_CHOOSE_H
#define PRPACK_SERVICE_QUARANTINE_CHOOSE_H

#include "base/findings.h"
#include "service/service.h"
#include "service/transaction/site.h"

/* One that was found. */
struct service_chosen {
    const char *typed; /* as the request has it; borrowed */
    struct service_kept kept;
};

struct service_choice {
    struct service_chosen *items; /* each folder once, in the order of the request */
    size_t count;
};

/* Reads each folder that is named as it is called, or by its number when one folder alone has it. False with
 * quarantine-unknown or another reason in findings; free it in either case. */
bool service_quarantine_choose(struct service_choice *choice, const struct service_site *site,
                               const struct service_strings *numbers, struct base_findings *findings);
void service_choice_free(struct service_choice *choice);

#endif
