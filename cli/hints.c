#include "cli/hints.h"

#include "service/fix.h"

#include <string.h>

/* Whether `doctor --fix` would do something about one of the findings. */
static bool is_fixable(const struct service_answer *answer)
{
    bool found = false;
    for (size_t i = 0; !found && i < answer->findings.count; i++) {
        found = service_fix_of(&answer->findings.items[i]) == SERVICE_FIX_SAFE;
    }
    return found;
}

/* Whether several assets have to be adopted where they are now, as after their common directory was renamed. */
static bool are_moved(const struct service_answer *answer)
{
    size_t moved = 0;
    for (size_t i = 0; i < answer->findings.count; i++) {
        const struct base_finding *finding = &answer->findings.items[i];
        moved += finding->cause == DIAG_CAUSE_ROOT_MOVED || finding->cause == DIAG_CAUSE_ANCHOR_MOVED ||
                 finding->cause == DIAG_CAUSE_IDENTITY_ELSEWHERE;
    }
    return moved > 1;
}

/* How a mended registry becomes part of the merge. */
static const char *commit_of(const char *registry)
{
    return strcmp(registry, "assets/.prometeu/index.json") == 0
               ? "next: run git add assets/.prometeu/index.json and git commit\n"
               : "next: add index.json to the merge with git add and git commit\n";
}

const char *cli_hint(const struct service_answer *answer)
{
    const struct service_build_result *build = &answer->result.build;
    if (answer->operation->id == SERVICE_OPERATION_INIT && answer->status == SERVICE_STATUS_WELL &&
        !answer->result.init.dry_run && !answer->result.init.existed) {
        return "next: run prpack add DIRECTORY for each asset; an asset is a directory with its files, beside "
               ".prometeu\n";
    }
    if (answer->operation->id == SERVICE_OPERATION_ADD && answer->result.add.at_sources) {
        return answer->result.add.update
                   ? "  not updated, because a build would fail; with --anyway asset.json takes the files up as they "
                     "are\n"
                   : "  not added, because a build would fail; with --anyway it is added as it is\n";
    }
    if (answer->operation->id == SERVICE_OPERATION_BUILD && build->published == SERVICE_PUBLISHED && !build->verified) {
        return "  not verified: run prpack verify, or build with --verify\n";
    }
    if (answer->operation->id == SERVICE_OPERATION_DOCTOR && answer->result.doctor.mended &&
        !answer->result.doctor.dry_run) {
        return commit_of(answer->result.doctor.plan.files[0].to);
    }
    if (answer->operation->id == SERVICE_OPERATION_DOCTOR && !answer->result.doctor.fixed && is_fixable(answer)) {
        return "next: run prpack doctor --fix, which does what is mechanical and safe\n";
    }
    if (answer->operation->id == SERVICE_OPERATION_DOCTOR && answer->result.doctor.unregistered) {
        return "not everything in assets/ is registered: prpack doctor --workspace shows what is not\n";
    }
    if ((answer->operation->id == SERVICE_OPERATION_BUILD || answer->operation->id == SERVICE_OPERATION_LIST) &&
        are_moved(answer)) {
        return "next: run prpack doctor --fix, which adopts all directories that were moved\n";
    }
    return NULL;
}
