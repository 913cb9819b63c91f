#include "cli/hints.h"

#include "service/fix.h"

/* Whether `doctor --fix` would do something about one of the findings. */
static bool is_fixable(const struct service_answer *answer)
{
    bool found = false;
    for (size_t i = 0; !found && i < answer->findings.count; i++) {
        found = service_fix_of(&answer->findings.items[i]) == SERVICE_FIX_SAFE;
    }
    return found;
}

const char *cli_hint(const struct service_answer *answer)
{
    const struct service_build_result *build = &answer->result.build;
    if (answer->operation->id == SERVICE_OPERATION_INIT && answer->status == SERVICE_STATUS_WELL &&
        !answer->result.init.dry_run && !answer->result.init.existed) {
        return "next: put an asset into a directory beside .prometeu and run prpack add DIRECTORY\n";
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
    if (answer->operation->id == SERVICE_OPERATION_DOCTOR && !answer->result.doctor.fixed && is_fixable(answer)) {
        return "next: run prpack doctor --fix, which does what is mechanical and safe\n";
    }
    return NULL;
}
