#include "service/watching/view.h"

#include "base/directory.h"
#include "base/hash.h"
#include "base/names.h"
#include "base/path.h"
#include "service/transaction/output.h"
#include "service/transaction/targets.h"
#include "service/watching/own.h"
#include "workspace/descent.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A look that is under way. Directories wait in `pending`, not on the call stack. */
struct look {
    struct service_view *view;
    struct service_watches *watches;
    struct base_task *task;
    struct base_names pending; /* directories still to be read, the next one last; "" is assets/ itself */
    struct base_text line;     /* what is hashed of an entry */
    char *registry;            /* assets/.prometeu as a path from assets/, without links; or NULL */
    char *output;              /* so the output directory, when it lies there; or NULL */

    /* The directory that is being read. */
    const char *directory;
    int fd;
    bool is_registry;
    bool is_output;
    const char *next; /* on the way to the output: the name that leads on, and what follows; or NULL */
};

/* ---- What is seen ---- */

static int64_t nanoseconds_of(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static uint64_t number_at(const uint8_t *bytes)
{
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    return number;
}

/* Adds the line to the sum. The order of the entries does not matter. */
static void add_line(struct look *look)
{
    const struct base_hash hash = base_hash_of(base_text_bytes(&look->line));
    look->view->low += number_at(hash.bytes);
    look->view->high += number_at(hash.bytes + sizeof(uint64_t));
    look->view->count++;
}

static void begin_line(struct look *look, const char *name)
{
    base_text_clear(&look->line);
    base_text_add_string(&look->line, look->directory);
    base_text_add_char(&look->line, '/');
    base_text_add_string(&look->line, name);
    base_text_add_char(&look->line, '\0');
}

static void add_number(struct look *look, int64_t number)
{
    base_text_add(&look->line, base_bytes_make((const uint8_t *)&number, sizeof number));
}

/* Something that could not be looked at. */
static void see_problem(struct look *look, const char *name, int problem)
{
    begin_line(look, name);
    add_number(look, problem);
    add_line(look);
}

/* The times of a directory are left out: they follow its entries, of which some are our own. */
static void see(struct look *look, const char *name, const struct stat *status)
{
    begin_line(look, name);
    add_number(look, (int64_t)status->st_dev);
    add_number(look, (int64_t)status->st_ino);
    add_number(look, (int64_t)status->st_mode);
    add_number(look, (int64_t)status->st_uid);
    add_number(look, (int64_t)status->st_gid);
    if (!S_ISDIR(status->st_mode)) {
        int64_t changed = nanoseconds_of(status->st_ctim);
        add_number(look, (int64_t)status->st_size);
        add_number(look, nanoseconds_of(status->st_mtim));
        add_number(look, changed);
        look->view->changed = changed > look->view->changed ? changed : look->view->changed;
    }
    add_line(look);
}

/* ---- The walk ---- */

/* Whether a name is only there because builds publish below this directory. */
static bool leads_to_output(const struct look *look, const char *name)
{
    size_t length = look->next != NULL ? strcspn(look->next, "/") : 0;
    return length > 0 && strncmp(look->next, name, length) == 0 && name[length] == '\0';
}

static int see_entry(struct look *look, const char *name)
{
    struct stat status;
    if (fstatat(look->fd, name, &status, look->is_registry ? 0 : AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT) {
            see_problem(look, name, errno);
        }
        return 0; /* gone since the directory was read */
    }
    bool directory = S_ISDIR(status.st_mode);
    if (!directory || !leads_to_output(look, name)) {
        see(look, name, &status);
    }
    return !directory || look->is_registry || base_names_take(&look->pending, base_path_join(look->directory, name))
               ? 0
               : ENOMEM;
}

/* A base_entry_visitor. */
static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    struct look *look = context;
    (void)kind;
    if (base_task_cancelled(look->task)) {
        return ECANCELED;
    }
    if ((look->is_registry && !service_is_read_registry(name)) || (look->is_output && service_is_own_output(name))) {
        return 0;
    }
    return see_entry(look, name);
}

/* What a directory is to us, by its path without links. */
static void enter(struct look *look, const char *directory, int fd)
{
    const char *output = look->output;
    look->directory = directory;
    look->fd = fd;
    look->is_registry = look->registry != NULL && strcmp(directory, look->registry) == 0;
    look->is_output = output != NULL && strcmp(directory, output) == 0;
    look->next = NULL;
    if (output != NULL && !look->is_output && (directory[0] == '\0' || workspace_path_within(output, directory))) {
        look->next = directory[0] == '\0' ? output : output + strlen(directory) + 1;
    }
}

static void watch(struct look *look)
{
    service_watches_add(look->watches, look->fd,
                        look->is_registry ? SERVICE_WATCH_REGISTRY
                                          : SERVICE_WATCH_SOURCES | (look->is_output ? SERVICE_WATCH_OUTPUT : 0U));
    char *name = look->next != NULL ? strndup(look->next, strcspn(look->next, "/")) : NULL;
    if (name != NULL) {
        service_watches_await_in(look->watches, look->fd, name);
    }
    free(name);
}

/* Returns 0; ENOMEM and ECANCELED end the walk. */
static int walk_directory(struct look *look, struct workspace_descent *descent, const char *directory)
{
    int fd;
    int problem = workspace_descent_open(descent, directory, &fd);
    enter(look, directory, fd);
    if (problem == 0) {
        watch(look);
        problem = base_directory_each(fd, visit, look);
    }
    if (problem != 0 && problem != ENOMEM && problem != ECANCELED) {
        see_problem(look, "", problem);
        problem = 0;
    }
    return problem;
}

static bool walk(struct look *look, int assets_fd)
{
    struct workspace_descent descent;
    workspace_descent_begin(&descent, assets_fd);
    bool fine = base_names_take(&look->pending, strdup(""));
    while (fine && look->pending.count > 0) {
        char *directory = look->pending.items[--look->pending.count];
        fine = walk_directory(look, &descent, directory) == 0;
        free(directory);
    }
    workspace_descent_end(&descent);
    return fine;
}

/* ---- The way to assets/ ---- */

/* Awaits each component of an absolute path, so what takes the place of a directory on the way is told. */
static void await_path(struct service_watches *watches, const char *path)
{
    for (const char *at = path; at != NULL && *at != '\0';) {
        const char *name = at + strspn(at, "/");
        size_t length = strcspn(name, "/");
        char *directory = at > path ? strndup(path, (size_t)(at - path)) : strdup("/");
        char *component = strndup(name, length);
        char *whole = strndup(path, (size_t)(name - path) + length);
        if (length > 0 && directory != NULL && component != NULL && whole != NULL) {
            service_watches_await(watches, whole, directory, component);
        }
        free(directory);
        free(component);
        free(whole);
        at = name + length;
    }
}

/* assets/ as the user named it, from "/" on; links are not resolved. */
static char *find_assets(const struct service_view_place *place)
{
    char *typed = workspace_place_assets(&place->workspace);
    char *whole = typed != NULL ? (typed[0] == '/' ? strdup(typed) : base_path_join(place->begin, typed)) : NULL;
    free(typed);
    return whole;
}

static void await_assets(const struct service_view_place *place, struct service_watches *watches)
{
    char *assets = find_assets(place);
    if (assets != NULL) {
        await_path(watches, assets);
    }
    free(assets);
    await_path(watches, place->begin);
}

/* ---- The output directory ---- */

/* The part of an absolute path that comes after the path of a directory; NULL: it does not lie in it. Both are without
 * links. */
static char *part_below(const char *path, const char *directory)
{
    if (path == NULL || directory == NULL || !workspace_path_within(path, directory) || strcmp(path, directory) == 0) {
        return NULL;
    }
    return strdup(path + strlen(directory) + 1);
}

/* The output directory from "/" on, there or not. */
static char *real_output(const struct service_output *output, const struct service_site *site)
{
    if (output->inside == NULL) {
        return service_output_real(output);
    }
    char *project = base_directory_resolve(site->project_fd, ".");
    char *whole = project != NULL ? base_path_join(project, output->inside) : NULL;
    free(project);
    return whole;
}

static bool is_whole(int directory_fd)
{
    struct stat status;
    size_t i = 0;
    while (i < SERVICE_ARTIFACT_COUNT &&
           fstatat(directory_fd, service_artifacts[i], &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode)) {
        i++;
    }
    return i == SERVICE_ARTIFACT_COUNT;
}

static void look_at_output(struct look *look, const struct service_site *site, const char *directory)
{
    struct service_output output;
    int fd;
    char *assets = base_directory_resolve(site->assets_fd, ".");
    char *registry = base_directory_resolve(site->registry_fd, ".");
    look->registry = part_below(registry, assets);
    if (service_output_find(&output, site, directory)) {
        const struct service_path where = service_output_where(&output);
        char *real = real_output(&output, site);
        look->output = part_below(real, assets);
        free(real);
        if (service_directory_open(&where, &fd) == 0) {
            service_watches_add(look->watches, fd, SERVICE_WATCH_OUTPUT);
            look->view->whole = is_whole(fd);
            (void)close(fd);
        }
    }
    service_output_free(&output);
    free(registry);
    free(assets);
}

/* ---- All ---- */

static void look_at_site(struct look *look, const struct service_view_place *place)
{
    struct service_site site;
    int problem = service_site_open(&site, look->task, &place->workspace);
    struct stat status;
    enter(look, "", site.assets_fd);
    if (problem != 0) {
        see_problem(look, "", problem);
    }
    look->view->opened = problem == 0;
    look->view->known = problem != ENOMEM;
    if (site.assets_fd >= 0 && fstat(site.assets_fd, &status) == 0) {
        see(look, "", &status);
        if (problem == 0) {
            look_at_output(look, &site, place->output);
        }
        char *real = base_directory_resolve(site.assets_fd, ".");
        await_path(look->watches, real);
        free(real);
        look->view->known = walk(look, site.assets_fd) && look->view->known;
    }
    service_site_close(&site);
}

void service_view_take(struct service_view *view, const struct service_view_place *place, struct base_task *task,
                       struct service_watches *watches)
{
    struct look look = {.view = view, .watches = watches, .task = task, .line = BASE_TEXT_EMPTY};
    *view = (struct service_view){.known = false};
    service_watches_begin(watches);
    await_assets(place, watches);
    look_at_site(&look, place);
    service_watches_end(watches);
    view->known = view->known && !base_text_out_of_memory(&look.line) && !base_task_cancelled(task);
    base_text_free(&look.line);
    base_names_free(&look.pending);
    free(look.registry);
    free(look.output);
}

bool service_view_equal(const struct service_view *a, const struct service_view *b)
{
    return a->known && b->known && a->low == b->low && a->high == b->high && a->count == b->count;
}
