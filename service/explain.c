#include "service/service.h"

#include "service/closest.h"

#include <stdlib.h>

static void report_unknown(struct base_findings *findings, const char *id)
{
    base_report(findings, DIAG_USAGE, &(struct base_details){.expected = service_closest_id(id), .actual = id},
                "there is no diagnostic with this id");
}

static void explain_ids(const struct service_strings *ids, struct service_explanations *explanations,
                        struct base_findings *findings)
{
    for (size_t i = 0; i < ids->count; i++) {
        enum diag diagnostic = diag_from_id(base_bytes_of_string(ids->items[i]));
        if (diagnostic == DIAG_NONE) {
            report_unknown(findings, ids->items[i]);
        } else {
            explanations->diagnostics[explanations->count++] = diagnostic;
        }
    }
}

static void explain_all(struct service_explanations *explanations)
{
    for (unsigned i = 0; i < DIAG_POSITIONS; i++) {
        explanations->diagnostics[explanations->count++] = diag_at(i);
    }
}

enum service_status service_explain(const struct service_explain_request *request,
                                    struct service_explanations *explanations, struct base_findings *findings)
{
    size_t room = request->ids.count > 0 ? request->ids.count : DIAG_POSITIONS;
    *explanations = (struct service_explanations){.all = request->ids.count == 0};
    explanations->diagnostics = calloc(room, sizeof *explanations->diagnostics);
    if (explanations->diagnostics == NULL) {
        findings->out_of_memory = true;
    } else if (explanations->all) {
        explain_all(explanations);
    } else {
        explain_ids(&request->ids, explanations, findings);
    }
    return service_status_of_findings(findings);
}

void service_explanations_free(struct service_explanations *explanations)
{
    free(explanations->diagnostics);
    *explanations = (struct service_explanations){.count = 0};
}
