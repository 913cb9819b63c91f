#include "service/cleaning/leftovers.h"

#include "base/array.h"
#include "base/directory.h"
#include "base/file_problem.h"
#include "base/identity.h"
#include "base/path.h"
#include "base/report.h"
#include "service/quarantine/purge.h"
#include "service/quarantine/read.h"
#include "service/transaction/holder.h"
#include "service/transaction/journal.h"
#include "service/transaction/names.h"
#include "service/transaction/swap.h"
#include "service/transaction/tree.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { IN_REGISTRY, IN_ASSETS, IN_QUARANTINE, IN_OUTPUT };

static const char killed_edit[] = "an edit of the workspace was killed before it was complete";
static const char killed_init[] = "an init was killed while it wrote a file for git";
static const char killed_staging[] = "a build was killed while it wrote these files";
static const char killed_commit[] = "a build was killed while it moved these files into place";
static const char killed_note[] = "a build was killed, and this says where it wrote";
static const char killed_cache[] = "a build was killed while it wrote its cache";
static const char killed_purge[] = "a purge was killed while it deleted this folder";
static const char cached[] = "the next build makes the cache anew";

/* ---- The directory that has the name of one ---- */

static int place_fd(const struct service_leftovers *left, size_t place)
{
    switch (place) {
    case IN_REGISTRY:
        return left->site->registry_fd;
    case IN_ASSETS:
        return left->site->assets_fd;
    case IN_QUARANTINE:
        return left->quarantine_fd;
    default:
        return left->output_fds[place - IN_OUTPUT];
    }
}

/* Returns 0 or a problem; no link is followed. The caller closes *fd. */
static int open_directory(const struct service_leftovers *left, const struct service_leftover *leftover, int *fd)
{
    int root_fd = place_fd(left, leftover->place);
    return leftover->directory[0] == '\0' ? base_directory_reopen(fd, root_fd)
                                          : base_directory_open_plain(fd, root_fd, leftover->directory);
}

/* ---- Looking ---- */

/* What the files in a directory that prpack has made have together. */
struct sum {
    int fd;
    uint64_t size;
};

static int add_size(void *context, const char *name, enum base_entry_kind kind)
{
    struct sum *sum = context;
    struct stat status;
    if (kind != BASE_ENTRY_FILE) {
        return 0;
    }
    if (fstatat(sum->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    sum->size += (uint64_t)status.st_size;
    return 0;
}

/* Whether a problem only says that what has the name was not made by prpack, or that nothing has it. */
static bool is_foreign(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP || problem == EXDEV ||
           problem == BASE_FILE_OUTSIDE_ROOT;
}

/* A build makes a directory, on the mount of the one that it is in. Returns 0 with *there set, or a problem. */
static int look_at_directory(int directory_fd, struct service_leftover *leftover, bool *there)
{
    struct service_holder holder;
    struct sum sum = {.size = 0};
    int reading_fd;
    int problem = base_directory_enter(&sum.fd, directory_fd, leftover->name);
    if (problem != 0) {
        return problem;
    }
    problem = base_identity_check_mount(directory_fd, sum.fd);
    if (problem == 0) {
        problem = base_directory_reopen(&reading_fd, sum.fd);
    }
    if (problem == 0) {
        problem = base_directory_each(reading_fd, add_size, &sum);
    }
    leftover->busy = service_holder_find(sum.fd, &holder) ||
                     (leftover->kind == SERVICE_LEFTOVER_COMMIT && service_holder_find(directory_fd, &holder));
    leftover->size = sum.size;
    *there = problem == 0;
    (void)close(sum.fd);
    return problem;
}

/* A folder of the quarantine that is half deleted. */
static int look_at_purged(const struct service_leftovers *left, int directory_fd, struct service_leftover *leftover,
                          bool *there)
{
    struct service_tree tree = {.files = 0};
    int fd;
    int problem = base_directory_enter(&fd, directory_fd, leftover->name);
    if (problem == 0) {
        problem = service_tree_read(&tree, left->site->task, fd);
        (void)close(fd);
    }
    leftover->size = tree.bytes;
    *there = problem == 0;
    service_tree_free(&tree);
    return problem;
}

/* Whether it is there, as prpack makes it; then `size` and `busy` are set. Returns 0 or a problem. */
static int look_in(const struct service_leftovers *left, int directory_fd, struct service_leftover *leftover,
                   bool *there)
{
    struct stat status;
    if (fstatat(directory_fd, leftover->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    if (leftover->place >= IN_OUTPUT) {
        return look_at_directory(directory_fd, leftover, there);
    }
    if (leftover->place == IN_QUARANTINE) {
        return look_at_purged(left, directory_fd, leftover, there);
    }
    leftover->size = (uint64_t)status.st_size;
    bool is_note = leftover->place == IN_REGISTRY && strcmp(leftover->name, SERVICE_JOURNAL_NAME) == 0;
    *there = is_note ? S_ISLNK(status.st_mode) : S_ISREG(status.st_mode);
    return 0;
}

/* The same by its place. What is there and was not made by prpack is not there. */
static int look(const struct service_leftovers *left, struct service_leftover *leftover, bool *there)
{
    int fd;
    *there = false;
    int problem = open_directory(left, leftover, &fd);
    if (problem == 0) {
        problem = look_in(left, fd, leftover, there);
        (void)close(fd);
    }
    return is_foreign(problem) ? 0 : problem;
}

void service_leftovers_look_again(struct service_leftovers *left)
{
    for (size_t i = 0; i < left->count; i++) {
        struct service_leftover *leftover = &left->items[i];
        struct service_leftover now = *leftover;
        bool there;
        leftover->gone = look(left, &now, &there) == 0 && !there;
        leftover->busy = there && now.busy;
    }
}

/* ---- Finding ---- */

static void free_leftover(struct service_leftover *leftover)
{
    free(leftover->path);
    free(leftover->directory);
    free(leftover->name);
}

/* Adds what `model` names, if it is there. Strings are taken over; one that is NULL: memory ran out. */
static void take(struct service_leftovers *left, struct service_leftover model)
{
    bool known = model.path != NULL && model.directory != NULL && model.name != NULL;
    bool there = false;
    int problem = known ? look(left, &model, &there) : ENOMEM;
    if (there) {
        struct service_leftover *grown = base_array_grow(left->items, left->count, &left->capacity, sizeof model);
        if (grown != NULL) {
            left->items = grown;
            left->items[left->count++] = model;
            return;
        }
        problem = ENOMEM;
    }
    if (problem != 0) {
        const struct base_place place = {.file = model.path};
        base_report_read_failure(left->findings, &place, problem);
    }
    free_leftover(&model);
}

static void look_in_registry(struct service_leftovers *left)
{
    static const struct {
        const char *name;
        enum service_leftover_kind kind;
        const char *reason;
    } known[] = {
        {SERVICE_EDIT_NAME, SERVICE_LEFTOVER_STAGING, killed_edit},
        {SERVICE_HISTORY_STAGE_NAME, SERVICE_LEFTOVER_STAGING, killed_edit},
        {SERVICE_REGISTRY_STAGE_NAME, SERVICE_LEFTOVER_STAGING, killed_edit},
        {"." WORKSPACE_GITIGNORE_NAME ".new", SERVICE_LEFTOVER_FILE, killed_init},
        {"." WORKSPACE_GITATTRIBUTES_NAME ".new", SERVICE_LEFTOVER_FILE, killed_init},
        {SERVICE_JOURNAL_NAME, SERVICE_LEFTOVER_NOTE, killed_note},
        {"." SERVICE_CACHE_NAME ".new", SERVICE_LEFTOVER_FILE, killed_cache},
        {SERVICE_CACHE_NAME, SERVICE_LEFTOVER_CACHE, cached},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        take(left, (struct service_leftover){
                       .kind = known[i].kind,
                       .path = workspace_assets_path(left->site->registry, known[i].name, NULL),
                       .reason = known[i].reason,
                       .directory = strdup(""),
                       .name = strdup(known[i].name),
                       .place = IN_REGISTRY,
                   });
    }
}

static void look_in_quarantine(struct service_leftovers *left)
{
    struct base_names names = BASE_NAMES_EMPTY;
    int problem = service_quarantine_open(left->site->registry_fd, &left->quarantine_fd);
    if (problem == 0) {
        problem = service_purge_begun(left->quarantine_fd, &names);
    }
    base_names_sort(&names, NULL);
    for (size_t i = 0; i < names.count; i++) {
        take(left, (struct service_leftover){
                       .kind = SERVICE_LEFTOVER_PURGED,
                       .path = workspace_assets_path(left->site->registry, SERVICE_QUARANTINE_NAME, names.items[i]),
                       .reason = killed_purge,
                       .directory = strdup(""),
                       .name = strdup(names.items[i]),
                       .place = IN_QUARANTINE,
                   });
    }
    if (problem != 0 && !is_foreign(problem)) {
        char *path = workspace_assets_path(left->site->registry, SERVICE_QUARANTINE_NAME, NULL);
        const struct base_place place = {.file = path};
        base_report_read_failure(left->findings, &place, problem);
        free(path);
    }
    base_names_free(&names);
}

static void look_in_output(struct service_leftovers *left, size_t output)
{
    static const struct {
        const char *name;
        enum service_leftover_kind kind;
        const char *reason;
    } known[] = {
        {SERVICE_STAGING_NAME, SERVICE_LEFTOVER_STAGING, killed_staging},
        {SERVICE_COMMIT_NAME, SERVICE_LEFTOVER_COMMIT, killed_commit},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        take(left, (struct service_leftover){
                       .kind = known[i].kind,
                       .path = base_path_join(left->outputs[output].path, known[i].name),
                       .reason = known[i].reason,
                       .directory = strdup(""),
                       .name = strdup(known[i].name),
                       .place = IN_OUTPUT + output,
                   });
    }
}

static bool is_known(const struct service_leftovers *left, int fd)
{
    struct base_identity own;
    struct base_identity other;
    bool known = base_identity_of(fd, &own) != 0;
    for (size_t i = 0; !known && i < left->output_count; i++) {
        known = base_identity_of(left->output_fds[i], &other) == 0 && base_identity_equal(own, other);
    }
    return known;
}

/* Takes the output over; `found`: memory was enough for it. */
static void add_output(struct service_leftovers *left, struct service_output *output, bool found)
{
    const struct service_path where = service_output_where(output);
    int fd = -1;
    int problem = found ? service_directory_open(&where, &fd) : ENOMEM;
    if (problem == 0 && !is_known(left, fd)) {
        left->outputs[left->output_count] = *output;
        left->output_fds[left->output_count] = fd;
        look_in_output(left, left->output_count++);
        return;
    }
    if (problem != 0 && !is_foreign(problem)) {
        const struct base_place place = {.file = output->path};
        base_report_read_failure(left->findings, &place, problem);
    }
    service_output_free(output);
    if (fd >= 0) {
        (void)close(fd);
    }
}

static void look_in_outputs(struct service_leftovers *left, const char *named)
{
    struct service_output output;
    int problem = service_journal_read(left->site, &output);
    if (problem == 0 || problem == ENOMEM) {
        add_output(left, &output, problem == 0);
    }
    bool found = service_output_find(&output, left->site, NULL);
    add_output(left, &output, found);
    if (named != NULL) {
        found = service_output_find(&output, left->site, named);
        add_output(left, &output, found);
    }
}

/* A file that an edit staged beside its target. */
static void take_stage(struct service_leftovers *left, const char *stage)
{
    const char *name = base_path_name(stage);
    size_t above = (size_t)(name - stage);
    take(left, (struct service_leftover){
                   .kind = SERVICE_LEFTOVER_FILE,
                   .path = workspace_assets_path(left->site->assets, stage, NULL),
                   .reason = killed_edit,
                   .directory = strndup(stage, above > 0 ? above - 1 : 0),
                   .name = strdup(name),
                   .place = IN_ASSETS,
               });
}

void service_leftovers_find(struct service_leftovers *left, const struct service_site *site, const char *output,
                            const struct base_names *stages, struct base_findings *findings)
{
    *left = (struct service_leftovers){.site = site, .findings = findings, .quarantine_fd = -1};
    look_in_outputs(left, output);
    look_in_registry(left);
    look_in_quarantine(left);
    for (size_t i = 0; i < stages->count; i++) {
        take_stage(left, stages->items[i]);
    }
}

/* ---- Removing ---- */

static void report(const struct service_leftovers *left, const char *path, const char *doing, int problem)
{
    const struct base_place place = {.file = path};
    base_report_write_failure(left->findings, &place, doing, problem);
}

/* Of a file that was one of ours when it was looked at. */
static int delete_file(const struct service_leftovers *left, const struct service_leftover *leftover)
{
    struct service_leftover now = *leftover;
    bool there = false;
    int fd;
    int problem = open_directory(left, leftover, &fd);
    if (problem == 0) {
        problem = look_in(left, fd, &now, &there);
        if (there && unlinkat(fd, leftover->name, 0) != 0) {
            problem = errno;
        }
        (void)close(fd);
    }
    return is_foreign(problem) ? 0 : problem;
}

/* Whether settling has left something in an output directory: then the note of it stays, too. */
static bool is_left_in_output(const struct service_leftovers *left)
{
    bool found = false;
    for (size_t i = 0; i < left->count; i++) {
        found = found || (left->items[i].place >= IN_OUTPUT && !left->items[i].gone);
    }
    return found;
}

static bool is_to_delete(const struct service_leftovers *left, const struct service_leftover *leftover)
{
    switch (leftover->kind) {
    case SERVICE_LEFTOVER_FILE:
        return true;
    case SERVICE_LEFTOVER_CACHE:
        return left->takes_cache;
    case SERVICE_LEFTOVER_NOTE:
        return !is_left_in_output(left);
    case SERVICE_LEFTOVER_STAGING:
    case SERVICE_LEFTOVER_COMMIT:
    case SERVICE_LEFTOVER_PURGED:
        break;
    }
    return false;
}

static void finish_purge(const struct service_leftovers *left)
{
    int problem = left->quarantine_fd >= 0 ? service_purge_finish(left->quarantine_fd) : 0;
    if (problem != 0) {
        char *path = workspace_assets_path(left->site->registry, SERVICE_QUARANTINE_NAME, NULL);
        report(left, path, "delete all of what is no longer to be restored", problem);
        free(path);
    }
}

static void settle_outputs(const struct service_leftovers *left)
{
    enum service_moved moved = SERVICE_MOVED_NOTHING;
    for (size_t i = 0; i < left->output_count; i++) {
        const char *path = left->outputs[i].path;
        int problem = service_swap_settle(left->output_fds[i], SERVICE_LOCK_TRY, path, NULL, &moved);
        if (problem != 0 && problem != EWOULDBLOCK && !is_foreign(problem)) {
            report(left, path, "clear away what a killed build has left", problem);
        }
    }
}

void service_leftovers_remove(struct service_leftovers *left, bool cache)
{
    left->takes_cache = cache;
    settle_outputs(left);
    finish_purge(left);
    service_leftovers_look_again(left);
    for (size_t i = 0; i < left->count && !base_task_cancelled(left->site->task); i++) {
        const struct service_leftover *leftover = &left->items[i];
        int problem = is_to_delete(left, leftover) ? delete_file(left, leftover) : 0;
        if (problem != 0) {
            report(left, leftover->path, "delete it", problem);
        }
    }
    service_leftovers_look_again(left);
}

void service_leftovers_free(struct service_leftovers *left)
{
    for (size_t i = 0; i < left->count; i++) {
        free_leftover(&left->items[i]);
    }
    for (size_t i = 0; i < left->output_count; i++) {
        service_output_free(&left->outputs[i]);
        (void)close(left->output_fds[i]);
    }
    if (left->quarantine_fd >= 0) {
        (void)close(left->quarantine_fd);
    }
    free(left->items);
    *left = (struct service_leftovers){.items = NULL};
}
