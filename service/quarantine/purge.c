#include "service/quarantine/purge.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/text.h"
#include "service/transaction/folder.h"
#include "service/transaction/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PURGE_BEGIN ".purge-"

int service_purge_begin(int quarantine_fd, const char *folder)
{
    struct base_text name = BASE_TEXT_EMPTY;
    base_text_addf(&name, PURGE_BEGIN "%s", folder);
    int problem = base_text_out_of_memory(&name)
                      ? ENOMEM
                      : base_descriptor_rename_new(quarantine_fd, folder, quarantine_fd, base_text_string(&name));
    base_text_free(&name);
    return problem != 0 ? problem : base_descriptor_sync_directory(quarantine_fd);
}

static bool is_begun(const char *name)
{
    uint64_t number;
    return strncmp(name, PURGE_BEGIN, sizeof PURGE_BEGIN - 1) == 0 &&
           service_folder_number(name + sizeof PURGE_BEGIN - 1, &number);
}

/* A base_entry_visitor; the context is the list. */
static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    if (kind != BASE_ENTRY_DIRECTORY || !is_begun(name)) {
        return 0;
    }
    return base_names_take(context, strdup(name)) ? 0 : ENOMEM;
}

/* Once it is begun it is not cancelled: what is half deleted cannot be restored. */
static int delete_folder(int quarantine_fd, const char *name)
{
    struct service_tree tree = {.files = 0};
    int fd;
    int problem = base_directory_enter(&fd, quarantine_fd, name);
    if (problem != 0) {
        return problem;
    }
    problem = service_tree_read(&tree, NULL, fd);
    if (problem == 0) {
        problem = service_tree_delete(&tree, fd);
    }
    service_tree_free(&tree);
    (void)close(fd);
    if (problem == 0 && unlinkat(quarantine_fd, name, AT_REMOVEDIR) != 0) {
        problem = errno;
    }
    return problem;
}

int service_purge_begun(int quarantine_fd, struct base_names *names)
{
    int fd;
    int problem = base_directory_reopen(&fd, quarantine_fd);
    return problem == 0 ? base_directory_each(fd, visit, names) : problem;
}

int service_purge_finish(int quarantine_fd)
{
    struct base_names names = BASE_NAMES_EMPTY;
    int problem = service_purge_begun(quarantine_fd, &names);
    /* A folder that cannot be deleted does not keep the others. */
    for (size_t i = 0; problem != ENOMEM && i < names.count; i++) {
        int deleting = delete_folder(quarantine_fd, names.items[i]);
        problem = problem != 0 ? problem : deleting;
    }
    if (problem == 0 && names.count > 0) {
        problem = base_descriptor_sync_directory(quarantine_fd);
    }
    base_names_free(&names);
    return problem;
}
