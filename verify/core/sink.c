#include "verify/core/sink.h"

#include <string.h>

void verify_sink_init(struct verify_sink *sink)
{
    memset(sink, 0, sizeof *sink);
    base_findings_init(&sink->findings);
}

void verify_sink_free(struct verify_sink *sink)
{
    base_findings_free(&sink->findings);
}

void verify_report_not_checked(struct verify_sink *sink, const char *reason)
{
    for (size_t i = 0; i < sink->not_checked_count; i++) {
        if (strcmp(sink->not_checked[i], reason) == 0) {
            return;
        }
    }
    if (sink->not_checked_count < VERIFY_NOT_CHECKED_MAX) {
        sink->not_checked[sink->not_checked_count++] = reason;
    }
}

void verify_checked_add(struct verify_checked *to, const struct verify_checked *from)
{
    to->assets += from->assets;
    to->bytes += from->bytes;
    to->hashes += from->hashes;
    to->companions += from->companions;
    to->sources += from->sources;
}

void verify_sink_move(struct verify_sink *to, struct verify_sink *from)
{
    verify_checked_add(&to->checked, &from->checked);
    for (size_t i = 0; i < from->not_checked_count; i++) {
        verify_report_not_checked(to, from->not_checked[i]);
    }
    to->compared = to->compared || from->compared;
    base_findings_move(&to->findings, &from->findings);
    verify_sink_free(from);
}
