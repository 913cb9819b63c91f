#include "verify/header/agreement.h"

#include "base/invariant.h"
#include "verify/core/findings.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether the file is still the one that was opened: only then must two readings of it agree. */
static bool is_unchanged(const struct base_file *file)
{
    struct stat status;
    return fstat(file->fd, &status) == 0 && (uint64_t)status.st_size == file->size &&
           (int64_t)status.st_mtim.tv_sec == file->modified_s && (int64_t)status.st_mtim.tv_nsec == file->modified_ns;
}

static struct pp_pack *open_again(const struct verify_subject *subject, struct pp_error *error)
{
    const struct pp_pack_options options = {.access = PP_ACCESS_READ, .max_header = subject->options->max_header};
    if (subject->input.file == NULL) {
        return pp_pack_open_bytes(subject->input.bytes, &options, error);
    }
    struct base_file again = *subject->input.file;
    again.fd = fcntl(subject->input.file->fd, F_DUPFD_CLOEXEC, 0);
    if (again.fd < 0) {
        *error = (struct pp_error){.diagnostic = DIAG_ENVIRONMENT_READ, .problem = errno};
        return NULL;
    }
    struct pp_pack *pack = pp_pack_open_file(&again, &options, error);
    if (pack == NULL) {
        base_file_close(&again);
    }
    return pack;
}

struct pp_error verify_open_with_reader(const struct verify_subject *subject)
{
    struct pp_error error = {.diagnostic = DIAG_NONE};
    pp_pack_close(open_again(subject, &error));
    return error;
}

void verify_check_agreement(const struct verify_subject *subject, const struct verify_facts *facts,
                            const struct pp_error *opening, struct verify_sink *sink)
{
    if (!verify_loading_is_checked(facts) || base_findings_any(&sink->findings, DIAG_CLASS_E)) {
        return;
    }
    bool opened = opening->diagnostic == DIAG_NONE;
    if (!opened && diag_facts(opening->diagnostic)->class_ != DIAG_CLASS_L) {
        int problem = opening->diagnostic == DIAG_ENVIRONMENT_MEMORY ? ENOMEM : opening->problem;
        verify_report_read_failure(&sink->findings, subject->path, opening->byte_offset, problem);
        return;
    }
    bool agree = opened != base_findings_any(&sink->findings, DIAG_CLASS_L);
    struct base_place place = {.file = subject->path, .byte_offset = opened ? -1 : (int64_t)opening->byte_offset};
    if (!agree && subject->input.file != NULL && !is_unchanged(subject->input.file)) {
        base_findings_add(&sink->findings, DIAG_ENVIRONMENT_READ, &place, NULL, NULL,
                          "the file changed while it was read");
    } else if (!BASE_INVARIANT(agree)) {
        base_findings_add(&sink->findings, DIAG_INTERNAL, &place, NULL, NULL,
                          opened ? "the reader opens a pack in which faults of class L were found"
                                 : "the reader refuses a pack in which no fault of class L was found");
    }
}
