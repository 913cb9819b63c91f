#include "verify/header/header.h"

#include "reader/layout.h"
#include "verify/core/findings.h"
#include "verify/header/canonical.h"
#include "verify/header/list.h"
#include "verify/header/loader_rules.h"
#include "verify/header/members.h"
#include "verify/header/names.h"
#include "verify/header/ordinary.h"
#include "verify/header/preload.h"
#include "verify/header/slice_layout.h"

#include <stdlib.h>

static bool read_header(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink)
{
    size_t size = facts->prelude.header_len;
    facts->header_memory = malloc(size);
    if (facts->header_memory == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return false;
    }
    int problem = verify_file_read(&subject->input, READER_PRELUDE_SIZE, facts->header_memory, size);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, subject->path, READER_PRELUDE_SIZE, problem);
        return false;
    }
    facts->header = base_bytes_make(facts->header_memory, size);
    sink->checked.bytes += size;
    return true;
}

/* The rules one after the other, for a header that may be anything. */
static void check_generally(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                            struct verify_report *report)
{
    struct verify_loading loading = verify_check_loading(subject, facts, sink);
    facts->header_is_checked = loading.is_checked;
    verify_list_header(subject, facts->header, sink, report);
    if (!loading.is_checked || !loading.is_json) {
        verify_report_not_checked(sink, "entries and payloads: the header is not JSON");
        return;
    }
    /* 4.2.3: where a key is repeated there is not one canonical form. */
    if (!loading.keys_repeat) {
        verify_check_canonical(subject, facts->header, sink);
    }
    facts->header_is_usable = verify_check_members(subject, facts, sink);
    verify_check_names(subject, facts, sink);
    verify_check_slices(subject, facts, sink);
    verify_check_preload(subject, facts, sink);
}

void verify_check_header(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                         struct verify_report *report)
{
    if (!read_header(subject, facts, sink)) {
        verify_report_not_checked(sink, "header and payloads: the header could not be read");
    } else if (verify_check_ordinary(subject, facts, sink, report)) {
        facts->header_is_checked = true;
        facts->header_is_usable = true;
        verify_check_slices(subject, facts, sink);
        verify_check_preload(subject, facts, sink);
    } else {
        check_generally(subject, facts, sink, report);
    }
}
