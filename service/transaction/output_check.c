#include "service/transaction/output_check.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file_problem.h"
#include "base/identity.h"
#include "service/request.h"
#include "service/transaction/swap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* What a directory is to the packer, besides an output; NULL: nothing. Static, for messages. */
static const char in_registry[] = "a directory in assets/.prometeu, where prpack keeps what it needs itself";
static const char is_assets[] = "assets/ itself";
static const char in_assets[] = "in assets/, among the sources of the game";
static const char is_root[] = "an asset root";
static const char in_staging[] = "a directory in which builds stage their files";

/* ---- By its name ---- */

static bool is_component(const char *at, size_t length, const char *name)
{
    return strlen(name) == length && strncasecmp(at, name, length) == 0; /* some file systems know no case */
}

/* Whether a path leads through one of the directories that a build stages in. */
static bool names_staging(const char *path)
{
    const char *at = path;
    while (at != NULL && *at != '\0') {
        size_t length = strcspn(at, "/");
        if (is_component(at, length, SERVICE_STAGING_NAME) || is_component(at, length, SERVICE_COMMIT_NAME)) {
            return true;
        }
        at += length + (at[length] == '/' ? 1 : 0);
    }
    return false;
}

/* ---- By what it is ---- */

static bool is_same(int fd, struct base_identity other)
{
    struct base_identity own;
    return base_identity_of(fd, &own) == 0 && base_identity_equal(own, other);
}

static bool is_any_root(int fd, const struct service_site *site, const struct workspace_registry *registry)
{
    struct base_identity own;
    if (base_identity_of(fd, &own) != 0) {
        return false;
    }
    for (size_t i = 0; i < registry->count; i++) {
        int root_fd;
        if (base_directory_open_below(&root_fd, site->assets_fd, registry->records[i].root) == 0) {
            bool same = is_same(root_fd, own);
            (void)close(root_fd);
            if (same) {
                return true;
            }
        }
    }
    return false;
}

/* Goes from an open directory, which is closed, to the one above it. Returns -1 at the top. */
static int go_up(int fd)
{
    struct base_identity own;
    int above = -1;
    bool known = base_identity_of(fd, &own) == 0 && base_descriptor_open(&above, fd, "..", O_PATH | O_DIRECTORY) == 0;
    (void)close(fd);
    if (known && is_same(above, own)) {
        (void)close(above);
        above = -1;
    }
    return above;
}

/* What lies above or at an open directory: in_registry, is_assets or NULL. Closes it. */
static const char *find_above(int fd, const struct service_site *site)
{
    struct base_identity registry;
    struct base_identity assets;
    const char *found = NULL;
    if (base_identity_of(site->registry_fd, &registry) != 0 || base_identity_of(site->assets_fd, &assets) != 0) {
        (void)close(fd);
        return NULL;
    }
    while (fd >= 0 && found == NULL) {
        if (is_same(fd, registry)) {
            found = in_registry;
        } else if (is_same(fd, assets)) {
            found = is_assets;
        }
        fd = go_up(fd);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return found;
}

/* `whole`: fd is the output itself, and not a directory above one that is to be made. Closes fd. */
static const char *find_use(int fd, bool whole, const struct service_site *site,
                            const struct workspace_registry *registry)
{
    struct base_identity assets;
    bool itself = base_identity_of(site->assets_fd, &assets) == 0 && is_same(fd, assets);
    int same_fd = -1;
    const char *found = base_directory_reopen(&same_fd, fd) == 0 ? find_above(same_fd, site) : NULL;
    if (found == is_assets) {
        /* In assets/ it may be what is not registered. */
        found = whole && itself ? is_assets : whole && is_any_root(fd, site, registry) ? is_root : NULL;
    }
    (void)close(fd);
    return found;
}

const char *service_output_use_in_assets(const char *real, const struct service_site *site)
{
    const struct service_path where = {.root_fd = BASE_CURRENT_DIRECTORY, .path = real};
    int fd;
    if (names_staging(real)) {
        return in_staging;
    }
    const char *use =
        service_directory_open_first(&where, service_directory_present(&where), &fd) == 0 ? find_above(fd, site) : NULL;
    return use == is_assets ? in_assets : use;
}

/* ---- Reports ---- */

static void report_reserved(const struct service_output *output, const char *use, struct base_findings *findings)
{
    const struct base_details details = {
        .place = {.file = output->path, .request_field = SERVICE_FIELD_BUILD_OUTPUT},
        .expected = "a directory of its own",
    };
    base_report(findings, DIAG_OUTPUT_RESERVED, &details, "the output directory is %s", use);
}

static void report_outside(const struct service_output *output, struct base_findings *findings)
{
    char *target = base_directory_resolve(output->begin_fd, output->path);
    const struct base_details details = {
        .place = {.file = output->path, .request_field = SERVICE_FIELD_BUILD_OUTPUT},
        .expected = "a directory of the project",
        .actual_bytes = target != NULL ? base_bytes_of_string(target) : (struct base_bytes){.data = NULL},
    };
    base_report(findings, DIAG_PATH_OUTSIDE, &details, "the output directory is a link, which is not followed");
    free(target);
}

bool service_output_check(const struct service_output *output, const struct service_site *site,
                          const struct workspace_registry *registry, struct base_findings *findings)
{
    const struct service_path where = service_output_where(output);
    int fd;
    int problem = service_directory_open_first(&where, output->present, &fd);
    if (problem == BASE_FILE_OUTSIDE_ROOT) {
        report_outside(output, findings);
        return false;
    }
    bool whole = output->present == strlen(where.path);
    const char *use = problem == 0 ? find_use(fd, whole, site, registry) : NULL;
    char *real = service_output_real(output);
    if (names_staging(where.path) || names_staging(output->path) || names_staging(real)) {
        use = in_staging;
    }
    free(real);
    if (use != NULL) {
        report_reserved(output, use, findings);
    }
    return use == NULL;
}
