#include "workspace/edit/steps.h"

#include "workspace/document/problem.h"
#include "workspace/edit/adopt.h"
#include "workspace/edit/infer.h"
#include "workspace/edit/palettes_needed.h"
#include "workspace/edit/root.h"
#include "workspace/edit/stereo.h"
#include "workspace/model/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names of the build set are unique: better said now than when it is built. */
static bool check_name(struct workspace_addition *add)
{
    int32_t other;
    if (!workspace_taken_name(add->taken, add->workspace, add->declaration.name, &other)) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    if (other == 0) {
        return true;
    }
    struct base_text name = BASE_TEXT_EMPTY;
    base_text_add_printable(&name, base_bytes_of_string(add->declaration.name), 60);
    base_report(add->findings, DIAG_DECLARATION_VALUE,
                &(struct base_details){
                    .place = {.file = add->root_display, .request_field = WORKSPACE_FIELD_ADD_NAME},
                    .expected = "a name of its own",
                    .actual = base_text_string(&name),
                },
                "asset %d already has this name", (int)other);
    base_text_release(&name, &add->findings->out_of_memory);
    return false;
}

static bool check_root(struct workspace_addition *add)
{
    int32_t other = 0;
    enum workspace_root_relation relation = workspace_roots_find(&add->taken->roots, add->root, &other);
    struct base_details details = {.place = {.file = add->root_display, .has_asset_id = other != 0, .asset_id = other}};
    switch (relation) {
    case WORKSPACE_ROOT_SAME:
        details.cause = DIAG_CAUSE_REGISTERED;
        details.subject = add->anchor_display;
        base_report(add->findings, DIAG_ROOT_REGISTERED, &details, "this root is already asset %d", (int)other);
        return false;
    case WORKSPACE_ROOT_INSIDE:
    case WORKSPACE_ROOT_AROUND:
        details.expected = "a root outside of all others";
        details.cause = DIAG_CAUSE_ROOT_NESTED;
        base_report(add->findings, DIAG_ROOT_INVALID, &details,
                    relation == WORKSPACE_ROOT_INSIDE ? "the root lies inside the root of asset %d"
                                                      : "the root contains the root of asset %d",
                    (int)other);
        return false;
    case WORKSPACE_ROOT_FREE:
        break;
    }
    if (add->asset_id > INT32_MAX) {
        base_report(add->findings, DIAG_REGISTRY_SHAPE, &details, "all ids up to 2^31-1 are used");
        return false;
    }
    return true;
}

static bool find_anchor(struct workspace_addition *add)
{
    struct stat status;
    add->made = fstatat(add->root_fd, WORKSPACE_ANCHOR_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0;
    if (!add->made || errno == ENOENT) {
        return true;
    }
    const struct base_place place = {.file = add->anchor_display};
    workspace_report_read_problem(add->findings, &place, errno, DIAG_ANCHOR_MISSING, "there is no asset.json");
    return false;
}

/* A root that takes no asset.json is said now: later, the whole transaction would fail. */
static bool check_rights(struct workspace_addition *add)
{
    if (add->text.size == 0 || faccessat(add->root_fd, ".", W_OK | X_OK, AT_EACCESS) == 0) {
        return true;
    }
    const struct base_place place = {.file = add->anchor_display};
    base_report_write_failure(add->findings, &place, "write the file", errno);
    return false;
}

bool workspace_add_root(struct workspace_addition *add)
{
    if (!workspace_add_find_root(add) || !check_root(add) || !find_anchor(add)) {
        return false;
    }
    bool known = add->made ? workspace_add_infer(add) : workspace_add_adopt(add);
    if (!known || !check_name(add) || !check_rights(add)) {
        return false;
    }
    workspace_add_check_palettes(add);
    workspace_add_check_stereo(add);
    return true;
}
