#include "service/transaction/product.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/path.h"
#include "base/report.h"
#include "base/task.h"
#include "base/text.h"
#include "service/transaction/atomic.h"
#include "service/transaction/directory.h"
#include "service/transaction/swap.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Appends components to a real path, as the kernel would walk along directories that are no links. */
static void walk(struct base_text *path, const char *rest)
{
    while (*rest != '\0') {
        size_t length = strcspn(rest, "/");
        if (length == 2 && memcmp(rest, "..", 2) == 0) {
            const char *whole = base_text_string(path);
            const char *last = strrchr(whole, '/');
            path->size = last != NULL && last > whole ? (size_t)(last - whole) : 1;
            path->data[path->size] = '\0';
        } else if (length > 0 && !(length == 1 && rest[0] == '.')) {
            if (path->size > 1) {
                base_text_add_char(path, '/');
            }
            base_text_add(path, base_bytes_make(rest, length));
        }
        rest += length + (rest[length] == '/' ? 1 : 0);
    }
}

char *service_product_resolve(int begin_fd, const char *named)
{
    struct base_text plain = BASE_TEXT_EMPTY;
    base_path_add_plain(&plain, named);
    char *path = base_text_take(&plain);
    if (path == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    const struct service_path where = {.root_fd = begin_fd, .path = path};
    size_t present = service_directory_present(&where);
    char *there = present > 0 ? strndup(path, present) : strdup(".");
    char *real = there != NULL ? base_directory_resolve(begin_fd, there) : NULL;
    struct base_text whole = BASE_TEXT_EMPTY;
    if (real != NULL) {
        base_text_add_string(&whole, real);
        walk(&whole, path + present);
    }
    int problem = base_text_out_of_memory(&whole) ? ENOMEM : errno;
    bool found = real != NULL;
    free(there);
    free(real);
    free(path);
    errno = problem;
    return found ? base_text_take(&whole) : NULL;
}

/* What the product is now. False when a rename over it would replace what is not a file. */
static bool look(struct service_product *product)
{
    struct stat status;
    if (lstat(product->path, &status) != 0) {
        return true;
    }
    product->present = S_ISREG(status.st_mode);
    product->device = status.st_dev;
    product->inode = status.st_ino;
    return product->present;
}

bool service_product_find(struct service_product *product, int begin_fd, const char *path, enum service_field field,
                          struct base_findings *findings)
{
    *product = (struct service_product){.shown = path, .field = field, .path = service_product_resolve(begin_fd, path)};
    if (product->path == NULL) {
        const struct base_place place = {.file = path, .request_field = field};
        base_report_write_failure(findings, &place, "find the place for the file", errno);
        return false;
    }
    size_t length = strlen(path);
    if ((length > 0 && path[length - 1] == '/') || !look(product)) {
        service_product_refuse(product, "not a regular file", findings);
        return false;
    }
    return true;
}

void service_product_free(struct service_product *product)
{
    free(product->path);
    *product = SERVICE_PRODUCT_EMPTY;
}

bool service_product_is(const struct service_product *product, const char *directory, int directory_fd,
                        const char *name)
{
    struct stat status;
    if (product->present && directory_fd >= 0 && fstatat(directory_fd, name, &status, 0) == 0 &&
        status.st_dev == product->device && status.st_ino == product->inode) {
        return true;
    }
    size_t length = strcmp(directory, "/") != 0 ? strlen(directory) : 0;
    return strncmp(product->path, directory, length) == 0 && product->path[length] == '/' &&
           strcmp(product->path + length + 1, name) == 0;
}

bool service_product_is_in(const struct service_product *product, const char *directory)
{
    return workspace_path_within(product->path, directory);
}

bool service_product_is_staged(const struct service_product *product)
{
    return strstr(product->path, "/" SERVICE_STAGING_NAME "/") != NULL ||
           strstr(product->path, "/" SERVICE_COMMIT_NAME "/") != NULL;
}

void service_product_refuse(const struct service_product *product, const char *what, struct base_findings *findings)
{
    const struct base_details details = {
        .place = {.file = product->shown, .request_field = product->field},
        .expected = "a file of its own",
    };
    base_report(findings, DIAG_FILE_RESERVED, &details, "the file is %s", what);
}

/* Whether the file has this content. */
static bool has_content(int directory_fd, const char *name, struct base_bytes content)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    if (base_file_open_below(&file, directory_fd, name) != 0) {
        return false;
    }
    bool same = file.size == content.size && base_file_read_all(&file, content.size, &data, &size) == 0 &&
                size == content.size && memcmp(data, content.data, size) == 0;
    free(data);
    base_file_close(&file);
    return same;
}

/* Returns 0 or an errno value. */
static int write_in(int directory_fd, const char *name, struct base_bytes content, bool *written)
{
    if (has_content(directory_fd, name, content)) {
        return 0;
    }
    *written = true;
    return service_write_product(directory_fd, name, content);
}

bool service_product_write(const struct service_product *product, struct base_bytes content, bool *written,
                           struct base_findings *findings)
{
    const char *name = base_path_name(product->path);
    char *above = strndup(product->path, name - product->path > 1 ? (size_t)(name - product->path) - 1 : 1);
    const struct service_path directory = {.root_fd = BASE_CURRENT_DIRECTORY, .path = above};
    int fd = -1;
    *written = false;
    int problem = above != NULL ? service_directory_make(&directory) : ENOMEM;
    if (problem == 0) {
        problem = service_directory_open(&directory, &fd);
    }
    if (problem == 0) {
        problem = write_in(fd, name, content, written);
        (void)close(fd);
    }
    if (problem != 0) {
        const struct base_place place = {.file = product->shown, .request_field = product->field};
        base_report_write_failure(findings, &place, "write the file", problem);
    }
    free(above);
    return problem == 0;
}
