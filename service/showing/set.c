#include "service/showing/set.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/report.h"
#include "service/absent.h"
#include "service/transaction/reader.h"
#include "service/transaction/swap.h"
#include "json/object.h"

#include <errno.h>
#include <stdlib.h>

static const char pack_name[] = "assets.pa";
static const char document_name[] = "asset_table_metadata.json";
enum { DOCUMENT_LIMIT = 1 << 30 };

/* One set, with `locks` under the shared lock on its directory. */
struct reading {
    struct service_show_set *set;
    struct base_task *task;
    const struct service_output *output;
    bool locks;
    int fd;
    struct base_findings *findings;
};

static void report_problem(const struct reading *reading, const char *name, int problem)
{
    char *path = base_path_join(reading->output->path, name);
    const struct base_place place = {.file = path != NULL ? path : name};
    base_report_read_failure(reading->findings, &place, problem);
    free(path);
}

/* Opens an artifact: that of a set which a killed build has committed, else the one in the directory. */
static int open_artifact(const struct reading *reading, const char *name, struct base_file *file)
{
    char *pending = base_path_join(SERVICE_COMMIT_NAME, name);
    int problem = pending != NULL ? base_file_open_below(file, reading->fd, pending) : ENOMEM;
    free(pending);
    return service_is_absent(problem) ? base_file_open_below(file, reading->fd, name) : problem;
}

/* ---- The pack ---- */

static void open_pack(const struct reading *reading, struct base_file *file)
{
    const struct pp_pack_options options = {.access = PP_ACCESS_READ, .task = reading->task};
    struct pp_error error;
    struct service_show_set *set = reading->set;
    set->pack = pp_pack_open_file(file, &options, &error);
    if (set->pack == NULL && error.diagnostic == DIAG_ENVIRONMENT_READ) {
        report_problem(reading, pack_name, error.problem);
    } else if (set->pack == NULL && error.diagnostic == DIAG_ENVIRONMENT_MEMORY) {
        base_report_out_of_memory(reading->findings, NULL);
    }
}

/* ---- The companion ---- */

/* Whether the document was written with the pack. */
static bool belongs(const struct service_show_set *set, struct base_task *task)
{
    struct base_bytes text = set->recorded.text;
    struct json_token pack = json_object_member(text, json_root(text, task), "assets_pa");
    struct json_token size = json_object_member(text, pack, "size");
    char hash[BASE_HASH_HEX + 1];
    uint64_t recorded;
    base_hash_to_hex(base_hash_of(pp_pack_header(set->pack)), hash);
    return json_token_unsigned(text, size, &recorded) && recorded == pp_pack_file_size(set->pack) &&
           json_token_is(text, json_object_member(text, pack, "header_xxh3_128"), hash);
}

static bool read_document(const struct reading *reading)
{
    struct service_show_set *set = reading->set;
    struct base_file file;
    uint8_t *memory = NULL;
    size_t size = 0;
    int problem = open_artifact(reading, document_name, &file);
    if (problem == 0) {
        problem = base_file_read_all(&file, DOCUMENT_LIMIT, &memory, &size);
        base_file_close(&file);
    }
    if (problem != 0) {
        if (!service_is_absent(problem)) {
            report_problem(reading, document_name, problem);
        }
        return false;
    }
    set->document_hash = base_hash_of(base_bytes_make(memory, size));
    return service_recorded_take(&set->recorded, reading->task, memory, size, &reading->findings->out_of_memory) &&
           belongs(set, reading->task);
}

/* ---- The set ---- */

static void read_set(const struct reading *reading)
{
    struct base_file file;
    int problem = open_artifact(reading, pack_name, &file);
    if (service_is_absent(problem)) {
        reading->set->built = SERVICE_BUILT_NOTHING;
        return;
    }
    if (problem != 0) {
        report_problem(reading, pack_name, problem);
        return;
    }
    open_pack(reading, &file);
    base_file_close(&file);
    if (reading->set->pack != NULL && read_document(reading)) {
        reading->set->built = SERVICE_BUILT_WITH;
    }
}

/* False when another process holds the lock for too long. Where a directory cannot be locked, reading goes on. */
static bool lock(const struct reading *reading)
{
    const struct service_lock_wish wish = {.task = reading->task};
    const char *path = reading->output->path;
    if (!reading->locks || service_lock_take(reading->fd, false, SERVICE_LOCK_BRIEFLY, path, &wish) != EWOULDBLOCK) {
        return true;
    }
    service_lock_report(reading->findings, reading->fd, path, "the directory to publish a build");
    return false;
}

static void open_set(struct reading *reading)
{
    const struct service_path where = service_output_where(reading->output);
    *reading->set = (struct service_show_set){.built = SERVICE_BUILT_UNREADABLE};
    int problem = service_directory_open(&where, &reading->fd);
    if (service_is_absent(problem)) {
        reading->set->built = SERVICE_BUILT_NOTHING;
        return;
    }
    if (problem != 0) {
        const struct base_place place = {.file = reading->output->path};
        base_report_read_failure(reading->findings, &place, problem);
        return;
    }
    if (lock(reading)) {
        read_set(reading);
    }
    service_reader_leave(reading->fd);
}

void service_show_set_open(struct service_show_set *set, struct base_task *task, const struct service_output *output,
                           struct base_findings *findings)
{
    struct reading reading = {
        .set = set, .task = task, .output = output, .locks = true, .fd = -1, .findings = findings};
    open_set(&reading);
}

void service_show_set_glance(struct service_show_set *set, struct base_task *task, const struct service_output *output,
                             struct base_findings *findings)
{
    struct reading reading = {
        .set = set, .task = task, .output = output, .locks = false, .fd = -1, .findings = findings};
    open_set(&reading);
}

char *service_show_set_name(const struct service_show_set *set, size_t index)
{
    const struct base_bytes escaped = pp_pack_entry(set->pack, index).name;
    char *name = calloc(escaped.size + 1, 1);
    if (name != NULL) {
        (void)json_unescape(escaped, (uint8_t *)name, escaped.size);
    }
    return name;
}

void service_show_set_close(struct service_show_set *set)
{
    pp_pack_close(set->pack);
    service_recorded_free(&set->recorded);
    *set = (struct service_show_set){.built = SERVICE_BUILT_UNREADABLE};
}
