#include "service/undoing/name.h"

#include "base/file.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* False: memory ran out. */
static bool parse(struct base_bytes text, const char *path, const struct workspace_record *record, char **name)
{
    const struct base_place place = {.file = path};
    struct workspace_declaration declaration;
    struct base_findings unused;
    base_findings_init(&unused);
    bool fine = true;
    if (workspace_declaration_parse(text, &place, record, &declaration, &unused)) {
        *name = strdup(declaration.name);
        fine = *name != NULL;
        workspace_declaration_free(&declaration);
    }
    fine = fine && !unused.out_of_memory;
    base_findings_free(&unused);
    return fine;
}

bool service_undoing_read_name(const struct service_undoing *undoing, const struct workspace_record *record,
                               char **name)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    char *path = workspace_assets_path(record->root, WORKSPACE_ANCHOR_NAME, NULL);
    int problem = path != NULL ? base_file_open_below(&file, undoing->change->workspace->assets_fd, path) : ENOMEM;
    *name = NULL;
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_declaration.limit, &data, &size);
        base_file_close(&file);
    }
    bool fine = problem == 0 ? parse(base_bytes_make(data, size), path, record, name) : problem != ENOMEM;
    free(data);
    free(path);
    return fine ? true : service_undoing_report_memory(undoing);
}
