#include "service/service.h"

#include "service/closest.h"

#include <stdlib.h>
#include <string.h>

static void report_unknown(struct base_findings *findings, const char *id)
{
    const char *meant = service_closest_id(id);
    base_report(findings, DIAG_USAGE,
                &(struct base_details){
                    .actual = id,
                    .cause = meant != NULL ? DIAG_CAUSE_ID_MEANT : DIAG_CAUSE_ID_UNKNOWN,
                    .subject = meant,
                },
                "there is no diagnostic with this id");
}

/* The id alone of what was copied from a message: "error[usage]" is usage. */
static struct base_bytes id_of(const char *typed)
{
    const char *open = strchr(typed, '[');
    const char *close = open != NULL ? strchr(open, ']') : NULL;
    return close != NULL ? base_bytes_make(open + 1, (size_t)(close - open) - 1) : base_bytes_of_string(typed);
}

static void explain_ids(const struct service_strings *ids, struct service_explanations *explanations,
                        struct base_findings *findings)
{
    for (size_t i = 0; i < ids->count; i++) {
        enum diag diagnostic = diag_from_id(id_of(ids->items[i]));
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
