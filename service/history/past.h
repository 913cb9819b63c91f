/* What an operation has changed, as its line in the history says it: docs/contracts/workspace.md, 8.8. The line is
 * hostile until it is read: what is here keeps the rules of records and paths.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_HISTORY_PAST_H
#define PRPACK_SERVICE_HISTORY_PAST_H

#include "base/hash_value.h"
#include "service/history/line.h"
#include "workspace/model/model.h"

/* A record before and after; one of the two may be missing. Both have one asset_id. */
struct service_past_change {
    bool has_before;
    bool has_after;
    struct workspace_record before; /* owned, as are all strings here */
    struct workspace_record after;
};

/* Of the two paths one may be that of the files in a folder of the quarantine. */
struct service_past_move {
    char *from;
    char *to;
    bool is_directory;
    char *made; /* the first directory that was made on the way to `to`; NULL: none was */
};

enum service_past_kind {
    SERVICE_PAST_REPLACED, /* in place of `removed`, from `at` on, there are `inserted` bytes */
    SERVICE_PAST_MADE,     /* it has `after` alone */
    SERVICE_PAST_DELETED   /* `removed` is all that it had, with the hash `before` */
};

/* What was done to a file. */
struct service_past_file {
    enum service_past_kind kind;
    int32_t asset_id;
    char *path; /* below the root */
    struct base_hash before;
    struct base_hash after;
    size_t at;
    size_t inserted;
    uint8_t *removed;
    size_t removed_size;
};

/* Zero-initialise. */
struct service_past {
    struct service_past_change *changes;
    size_t change_count;
    size_t change_capacity;
    struct service_past_move *moves;
    size_t move_count;
    size_t move_capacity;
    char **folders; /* paths of record.json in folders of the quarantine that were made */
    size_t folder_count;
    size_t folder_capacity;
    struct service_past_file *files;
    size_t file_count;
    size_t file_capacity;
};

/* Returns 0, ENOMEM, or EBADMSG when the line does not say what was changed. Free it in either case. */
int service_past_read(struct service_past *past, const struct service_history_line *line);
void service_past_free(struct service_past *past);

#endif
