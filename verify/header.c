#include "verify/examination.h"

#include "reader/layout.h"

#include <stdlib.h>

static bool read_header(struct pp_examination *examination)
{
    size_t size = examination->prelude.header_len;
    examination->header_memory = malloc(size);
    if (examination->header_memory == NULL) {
        pp_tell_no_memory(&examination->findings, examination->path);
        return false;
    }
    int problem = pp_input_read(&examination->input, PP_PRELUDE_SIZE, examination->header_memory, size);
    if (problem != 0) {
        pp_tell_problem(&examination->findings, examination->path, PP_PRELUDE_SIZE, problem);
        return false;
    }
    examination->header = pp_bytes_make(examination->header_memory, size);
    examination->bytes_read += size;
    examination->report->checked.bytes += size;
    return true;
}

void pp_examine_header(struct pp_examination *examination)
{
    if (!read_header(examination)) {
        pp_report_not_checked(examination->report, "header and payloads: the header could not be read");
        return;
    }
    if (pp_examine_ordinary(examination)) {
        pp_examine_layout(examination);
        pp_examine_preload(examination);
        return;
    }
    bool keys_repeat = false;
    examination->header_stands = pp_examine_loading(examination, &keys_repeat);
    pp_list_header(examination, examination->header);
    if (!examination->header_stands) {
        pp_report_not_checked(examination->report, "entries and payloads: the header is not JSON");
        return;
    }
    /* 4.2.3: where a key stands twice there is no one canonical form. */
    if (!keys_repeat) {
        pp_examine_canonical(examination);
    }
    pp_examine_members(examination);
    pp_examine_names(examination);
    pp_examine_layout(examination);
    pp_examine_preload(examination);
}
