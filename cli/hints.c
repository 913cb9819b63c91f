#include "cli/hints.h"

const char *cli_hint(const struct service_answer *answer)
{
    const struct service_build_result *build = &answer->result.build;
    if (answer->operation->id == SERVICE_OPERATION_INIT && answer->status == SERVICE_STATUS_WELL &&
        !answer->result.init.dry_run) {
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
    return NULL;
}
