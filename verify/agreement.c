#include "verify/examination.h"

#include "base/invariant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether the file is still the one that was opened: only then must two readings of it agree. */
static bool is_unchanged(const struct pp_file *file)
{
    struct stat status;
    return fstat(file->fd, &status) == 0 && (uint64_t)status.st_size == file->size &&
           (int64_t)status.st_mtim.tv_sec == file->modified_s && (int64_t)status.st_mtim.tv_nsec == file->modified_ns;
}

static struct pp_pack *open_again(const struct pp_examination *examination, struct pp_error *error)
{
    const struct pp_pack_options options = {.access = PP_ACCESS_READ, .max_header = examination->options->max_header};
    if (examination->input.file == NULL) {
        return pp_pack_open_bytes(examination->input.bytes, &options, error);
    }
    struct pp_file again = *examination->input.file;
    again.fd = fcntl(examination->input.file->fd, F_DUPFD_CLOEXEC, 0);
    if (again.fd < 0) {
        *error = (struct pp_error){.diagnostic = PP_ENVIRONMENT_READ, .problem = errno};
        return NULL;
    }
    struct pp_pack *pack = pp_pack_open_file(&again, &options, error);
    if (pack == NULL) {
        pp_file_close(&again);
    }
    return pack;
}

void pp_examine_opening(struct pp_examination *examination)
{
    examination->opening = (struct pp_error){.diagnostic = PP_FINE};
    pp_pack_close(open_again(examination, &examination->opening));
}

void pp_examine_agreement(struct pp_examination *examination)
{
    const struct pp_error *opening = &examination->opening;
    if (!examination->loading_judged || pp_findings_any(&examination->findings, PP_CLASS_E)) {
        return;
    }
    bool opened = opening->diagnostic == PP_FINE;
    if (!opened && pp_diagnostic_facts(opening->diagnostic)->class_ != PP_CLASS_L) {
        int problem = opening->diagnostic == PP_ENVIRONMENT_MEMORY ? ENOMEM : opening->problem;
        pp_tell_problem(&examination->findings, examination->path, opening->byte_offset, problem);
        return;
    }
    bool agree = opened != pp_findings_any(&examination->findings, PP_CLASS_L);
    struct pp_place place = {.file = examination->path, .byte_offset = opened ? -1 : (int64_t)opening->byte_offset};
    if (!agree && examination->input.file != NULL && !is_unchanged(examination->input.file)) {
        pp_findings_add(&examination->findings, PP_ENVIRONMENT_READ, &place, NULL, NULL,
                        "the file changed while it was read");
    } else if (!PP_INVARIANT(agree)) {
        pp_findings_add(&examination->findings, PP_INTERNAL, &place, NULL, NULL,
                        opened ? "the reader opens a pack in which faults of class L were found"
                               : "the reader refuses a pack in which no fault of class L was found");
    }
}
