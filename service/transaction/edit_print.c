#include "service/transaction/edit_print.h"

#include "base/hash.h"
#include "base/hex.h"
#include "base/identity.h"
#include "service/transaction/directory.h"
#include "service/transaction/folder.h"
#include "service/transaction/names.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

int service_edit_print_first(int registry_fd, const char *first, struct base_text *text)
{
    struct base_identity directory;
    struct base_identity staged;
    int problem = base_identity_of(registry_fd, &directory);
    if (problem == 0) {
        problem = base_identity_of_name(registry_fd, SERVICE_REGISTRY_STAGE_NAME, &staged);
    }
    if (problem == ENOENT) {
        problem = base_identity_of_name(registry_fd, WORKSPACE_REGISTRY_NAME, &staged);
    }
    if (problem != 0) {
        return problem;
    }
    base_text_addf(text, "%s%" PRIu64 " %" PRId64 " %" PRIu64 " %" PRId64 "\n", first, directory.inode, directory.born,
                   staged.inode, staged.born);
    return base_text_out_of_memory(text) ? ENOMEM : 0;
}

static void print_path(const char *path, struct base_text *text)
{
    base_text_add_char(text, ' ');
    for (size_t i = 0; path[i] != '\0'; i++) {
        base_text_add_char(text, base_hex_digit((unsigned char)path[i] >> 4U));
        base_text_add_char(text, base_hex_digit((unsigned char)path[i]));
    }
}

/* The directory that is to be made for a move, unless it is there. */
static int print_way(int assets_fd, const char *target, struct base_text *text)
{
    const char *slash = strrchr(target, '/');
    if (slash == NULL) {
        return 0;
    }
    char *above = strndup(target, (size_t)(slash - target));
    if (above == NULL) {
        return ENOMEM;
    }
    const struct service_path path = {.root_fd = assets_fd, .path = above, .below = true};
    size_t present = service_directory_present(&path);
    if (above[present] != '\0') {
        base_text_addf(text, "way %zu", present);
        print_path(above, text);
        base_text_add_char(text, '\n');
    }
    free(above);
    return 0;
}

/* The record of a folder comes before the move into the folder, and says how much of the way there is. */
static int print_record(int assets_fd, const struct workspace_step *step, struct base_text *text)
{
    bool is_dropped = step->action == WORKSPACE_ACTION_DROP;
    int problem = is_dropped ? 0 : print_way(assets_fd, step->target, text);
    base_text_add_string(text, is_dropped ? "drop" : "record");
    print_path(step->target, text);
    base_text_add_char(text, '\n');
    return problem;
}

static int print_move(int assets_fd, const struct workspace_step *step, struct base_text *text)
{
    int problem = service_folder_is_files(step->target) ? 0 : print_way(assets_fd, step->target, text);
    base_text_add_string(text, step->copies ? "copy" : step->moves_directory ? "directory" : "file");
    print_path(step->source, text);
    print_path(step->target, text);
    base_text_add_char(text, '\n');
    return problem;
}

static void print_file(const struct workspace_step *step, struct base_text *text)
{
    const char *path = step->target + step->path_at;
    bool is_anchor = strcmp(path, WORKSPACE_ANCHOR_NAME) == 0;
    bool is_deleted = step->action == WORKSPACE_ACTION_DELETE;
    base_text_addf(text, "%s%" PRId32, is_deleted ? "delete " : "", step->asset_id);
    if (step->replaces) {
        char hex[BASE_HASH_HEX + 1];
        base_hash_to_hex(step->replaced, hex);
        base_text_addf(text, " %s", hex);
    } else if (!is_anchor) {
        base_text_add_string(text, " -");
    }
    if (!is_anchor) {
        print_path(path, text);
    }
    base_text_add_char(text, '\n');
}

int service_edit_print(int registry_fd, int assets_fd, const struct workspace_plan *plan, struct base_text *text)
{
    int problem = service_edit_print_first(registry_fd, SERVICE_EDIT_FIRST, text);
    for (size_t i = 0; problem == 0 && i < plan->step_count; i++) {
        const struct workspace_step *step = &plan->steps[i];
        if (step->action == WORKSPACE_ACTION_MOVE) {
            problem = print_move(assets_fd, step, text);
        } else if (step->action == WORKSPACE_ACTION_RECORD || step->action == WORKSPACE_ACTION_DROP) {
            problem = print_record(assets_fd, step, text);
        } else if (step->asset_id != 0) {
            print_file(step, text);
        }
    }
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_text_bytes(text)), hex);
    base_text_addf(text, SERVICE_EDIT_LAST "%s\n", hex);
    return problem == 0 && base_text_out_of_memory(text) ? ENOMEM : problem;
}
