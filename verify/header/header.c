#include "verify/core/examination.h"

#include "reader/layout.h"

#include <stdlib.h>

static bool read_header(struct verify_examination *examination)
{
    size_t size = examination->prelude.header_len;
    examination->header_memory = malloc(size);
    if (examination->header_memory == NULL) {
        base_report_out_of_memory(&examination->findings, examination->path);
        return false;
    }
    int problem = verify_file_read(&examination->input, READER_PRELUDE_SIZE, examination->header_memory, size);
    if (problem != 0) {
        verify_report_read_failure(&examination->findings, examination->path, READER_PRELUDE_SIZE, problem);
        return false;
    }
    examination->header = base_bytes_make(examination->header_memory, size);
    examination->bytes_read += size;
    examination->report->checked.bytes += size;
    return true;
}

void verify_check_header(struct verify_examination *examination)
{
    if (!read_header(examination)) {
        verify_report_not_checked(examination->report, "header and payloads: the header could not be read");
        return;
    }
    if (verify_check_ordinary(examination)) {
        verify_check_layout(examination);
        verify_check_preload(examination);
        return;
    }
    bool keys_repeat = false;
    examination->header_stands = verify_check_loading(examination, &keys_repeat);
    verify_list_header(examination, examination->header);
    if (!examination->header_stands) {
        verify_report_not_checked(examination->report, "entries and payloads: the header is not JSON");
        return;
    }
    /* 4.2.3: where a key stands twice there is no one canonical form. */
    if (!keys_repeat) {
        verify_check_canonical(examination);
    }
    verify_check_members(examination);
    verify_check_names(examination);
    verify_check_layout(examination);
    verify_check_preload(examination);
}
