#include "workspace/edit/name_case.h"

#include "base/text.h"

enum { NAME_SHOWN = 60 };

static void warn(const char *path, const char *what, const char *string, int32_t other, enum diag_cause cause,
                 struct base_findings *findings)
{
    struct base_text quoted = BASE_TEXT_EMPTY;
    const struct base_details details = {.place.file = path, .severity = BASE_WARNING, .cause = cause, .subject = path};
    base_text_add_quoted(&quoted, base_bytes_of_string(string), NAME_SHOWN);
    base_report(findings, DIAG_NAME_CASE, &details, "the %s %s differs from that of asset %d by case only", what,
                base_text_string(&quoted), (int)other);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_text_release(&quoted, &findings->out_of_memory);
}

void workspace_warn_of_name(const char *path, const char *name, int32_t other, struct base_findings *findings)
{
    warn(path, "name", name, other, DIAG_CAUSE_CASE_NAME, findings);
}

void workspace_warn_of_root(const char *path, const char *root, int32_t other, struct base_findings *findings)
{
    warn(path, "directory", root, other, DIAG_CAUSE_CASE_ROOT, findings);
}
