/* A single file that a request names as the place for a result: docs/contracts/artifact-ownership.md 3.8.
 *
 * It may lie anywhere, but it must not replace what it was made from. Links on the way to it, and a link that it is
 * itself, are followed.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_TRANSACTION_PRODUCT_H
#define PRPACK_SERVICE_TRANSACTION_PRODUCT_H

#include "base/bytes.h"
#include "base/findings.h"
#include "service/request.h"

struct service_product {
    const char *shown;        /* as the request names it; borrowed */
    char *path;               /* from "/" on and without links, as far as it is there */
    enum service_field field; /* of the request */
    bool present;             /* there is a regular file: its identity is: */
    uint64_t device;
    uint64_t inode;
};

#define SERVICE_PRODUCT_EMPTY ((struct service_product){.path = NULL})

/* Where a path leads, from "/" on: the real path of what is there, and the rest of the path after it. The caller frees
 * it. NULL with errno set when memory ran out, or a directory on the way cannot be searched. */
char *service_product_resolve(int begin_fd, const char *named);

/* Finds out where a path leads that is absolute or begins at begin_fd. False, with the reason in findings, when it does
 * not name a file that could be written, or memory ran out. Free it in either case. */
bool service_product_find(struct service_product *product, int begin_fd, const char *path, enum service_field field,
                          struct base_findings *findings);
void service_product_free(struct service_product *product);

/* Whether the product is the file DIRECTORY/name, where `directory` is a real path from "/" on. name may be a relative
 * path; directory_fd is the open directory, or -1: it is compared by what it is there as well. */
bool service_product_is(const struct service_product *product, const char *directory, int directory_fd,
                        const char *name);
/* Whether it lies in that directory, at any depth. */
bool service_product_is_in(const struct service_product *product, const char *directory);
/* Whether it lies in a directory in which builds stage their files, whichever. */
bool service_product_is_staged(const struct service_product *product);

/* Says that the product must not be written, because it is `what`. */
void service_product_refuse(const struct service_product *product, const char *what, struct base_findings *findings);

/* Writes the product, whole or not at all, with the directories that are missing above it. A file that has this content
 * already is not touched: *written is then false. False with the reason in findings. */
bool service_product_write(const struct service_product *product, struct base_bytes content, bool *written,
                           struct base_findings *findings);

#endif
