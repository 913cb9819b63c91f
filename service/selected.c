#include "service/selected.h"

void service_select_findings(struct base_findings *findings, const struct base_findings *from,
                             bool (*wanted)(const struct base_finding *finding))
{
    for (size_t i = 0; i < from->count; i++) {
        const struct base_finding *finding = &from->items[i];
        if (wanted(finding)) {
            const struct base_details details = {
                .place = finding->place,
                .expected = finding->expected,
                .actual = finding->actual,
                .cause = finding->cause,
                .subject = finding->subject,
                .remedy = finding->remedy,
                .has_class = true,
                .class_ = finding->class_,
                .severity = finding->severity,
            };
            base_report(findings, finding->diagnostic, &details, "%s", finding->message);
        }
    }
    findings->out_of_memory = findings->out_of_memory || from->out_of_memory;
}
