#include "verify/core/examination.h"

#include "base/invariant.h"

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

static struct pp_pack *open_again(const struct verify_examination *examination, struct pp_error *error)
{
    const struct pp_pack_options options = {.access = PP_ACCESS_READ, .max_header = examination->options->max_header};
    if (examination->input.file == NULL) {
        return pp_pack_open_bytes(examination->input.bytes, &options, error);
    }
    struct base_file again = *examination->input.file;
    again.fd = fcntl(examination->input.file->fd, F_DUPFD_CLOEXEC, 0);
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

void verify_open_with_reader(struct verify_examination *examination)
{
    examination->opening = (struct pp_error){.diagnostic = DIAG_NONE};
    pp_pack_close(open_again(examination, &examination->opening));
}

void verify_check_agreement(struct verify_examination *examination)
{
    const struct pp_error *opening = &examination->opening;
    if (!examination->loading_judged || base_findings_any(&examination->findings, DIAG_CLASS_E)) {
        return;
    }
    bool opened = opening->diagnostic == DIAG_NONE;
    if (!opened && diag_facts(opening->diagnostic)->class_ != DIAG_CLASS_L) {
        int problem = opening->diagnostic == DIAG_ENVIRONMENT_MEMORY ? ENOMEM : opening->problem;
        verify_report_read_failure(&examination->findings, examination->path, opening->byte_offset, problem);
        return;
    }
    bool agree = opened != base_findings_any(&examination->findings, DIAG_CLASS_L);
    struct base_place place = {.file = examination->path, .byte_offset = opened ? -1 : (int64_t)opening->byte_offset};
    if (!agree && examination->input.file != NULL && !is_unchanged(examination->input.file)) {
        base_findings_add(&examination->findings, DIAG_ENVIRONMENT_READ, &place, NULL, NULL,
                          "the file changed while it was read");
    } else if (!BASE_INVARIANT(agree)) {
        base_findings_add(&examination->findings, DIAG_INTERNAL, &place, NULL, NULL,
                          opened ? "the reader opens a pack in which faults of class L were found"
                                 : "the reader refuses a pack in which no fault of class L was found");
    }
}
