#include "present/junit/check.h"

const char *present_check_name(enum present_check check)
{
    static const char *const names[PRESENT_CHECK_COUNT] = {
        [PRESENT_CHECK_CARTRIDGE] = "cartridge",
        [PRESENT_CHECK_PRELUDE] = "prelude",
        [PRESENT_CHECK_HEADER] = "header",
        [PRESENT_CHECK_ENTRY] = "entry",
        [PRESENT_CHECK_PAYLOAD] = "payload",
        [PRESENT_CHECK_COMPANIONS] = "companions",
        [PRESENT_CHECK_SOURCES] = "sources",
        [PRESENT_CHECK_WORKSPACE] = "workspace",
        [PRESENT_CHECK_DECLARATION] = "declaration",
        [PRESENT_CHECK_PACKING] = "packing",
        [PRESENT_CHECK_PACK] = "pack",
        [PRESENT_CHECK_ADVICE] = "advice",
        [PRESENT_CHECK_RUN] = "run",
    };
    return names[check];
}

/* The catalogue is in the order of topics: each row is the last diagnostic of a group. */
static const struct {
    enum diag_position last;
    enum present_check check;
} topics[] = {
    {DIAG_POSITION_PRELUDE_RESERVED, PRESENT_CHECK_PRELUDE},
    {DIAG_POSITION_HEADER_UNKNOWN_MEMBER, PRESENT_CHECK_HEADER},
    {DIAG_POSITION_PRELOAD_ORDER, PRESENT_CHECK_ENTRY},
    {DIAG_POSITION_SOUND_SIZE, PRESENT_CHECK_PAYLOAD},
    {DIAG_POSITION_COMPANION_SYNTAX, PRESENT_CHECK_COMPANIONS},
    {DIAG_POSITION_TILES_MISMATCH, PRESENT_CHECK_SOURCES},
    {DIAG_POSITION_CARTRIDGE_RESERVED, PRESENT_CHECK_CARTRIDGE},
    {DIAG_POSITION_EDIT_PENDING, PRESENT_CHECK_WORKSPACE},
    {DIAG_POSITION_PATH_OUTSIDE, PRESENT_CHECK_DECLARATION},
    {DIAG_POSITION_PACK_TOO_LARGE, PRESENT_CHECK_PACKING},
    {DIAG_POSITION_DEPENDENCY_NAME, PRESENT_CHECK_WORKSPACE},
    {DIAG_POSITION_LEFTOVER, PRESENT_CHECK_ADVICE},
};

static enum present_check topic_of(enum diag diagnostic)
{
    unsigned position = 0;
    while (position < DIAG_POSITIONS && diag_at(position) != diagnostic) {
        position++;
    }
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
        if (position <= (unsigned)topics[i].last) {
            return topics[i].check;
        }
    }
    return PRESENT_CHECK_RUN;
}

static bool examines_pack(const struct service_operation *operation)
{
    return operation->id == SERVICE_OPERATION_VERIFY || operation->id == SERVICE_OPERATION_INSPECT;
}

/* Groups from the cartridge to the sources are of packs, those after it of workspaces. */
enum present_check present_check_of(const struct service_operation *operation, enum diag diagnostic,
                                    enum diag_class class_)
{
    enum present_check topic = topic_of(diagnostic);
    if (operation == NULL || class_ == DIAG_CLASS_E || class_ == DIAG_CLASS_U || topic == PRESENT_CHECK_RUN) {
        return PRESENT_CHECK_RUN;
    }
    if (examines_pack(operation)) {
        return topic > PRESENT_CHECK_SOURCES ? PRESENT_CHECK_SOURCES : topic;
    }
    if (topic <= PRESENT_CHECK_SOURCES) {
        return operation->id == SERVICE_OPERATION_BUILD ? PRESENT_CHECK_PACK : PRESENT_CHECK_WORKSPACE;
    }
    bool has_advice = operation->id == SERVICE_OPERATION_DOCTOR;
    return topic == PRESENT_CHECK_ADVICE && !has_advice ? PRESENT_CHECK_WORKSPACE : topic;
}

bool present_check_applies(const struct service_answer *answer, enum present_check check)
{
    if (!answer->ran || check == PRESENT_CHECK_RUN) {
        return false;
    }
    if (examines_pack(answer->operation)) {
        return check <= PRESENT_CHECK_SOURCES &&
               (check != PRESENT_CHECK_CARTRIDGE || answer->result.report.kind == SERVICE_REPORT_CARTRIDGE);
    }
    switch (check) {
    case PRESENT_CHECK_WORKSPACE:
    case PRESENT_CHECK_DECLARATION:
    case PRESENT_CHECK_PACKING:
        return true;
    case PRESENT_CHECK_PACK:
        return answer->operation->id == SERVICE_OPERATION_BUILD;
    case PRESENT_CHECK_ADVICE:
        return answer->operation->id == SERVICE_OPERATION_DOCTOR;
    case PRESENT_CHECK_CARTRIDGE:
    case PRESENT_CHECK_PRELUDE:
    case PRESENT_CHECK_HEADER:
    case PRESENT_CHECK_ENTRY:
    case PRESENT_CHECK_PAYLOAD:
    case PRESENT_CHECK_COMPANIONS:
    case PRESENT_CHECK_SOURCES:
    case PRESENT_CHECK_RUN:
    case PRESENT_CHECK_COUNT:
        break;
    }
    return false;
}

bool present_check_is_of_assets(enum present_check check)
{
    switch (check) {
    case PRESENT_CHECK_ENTRY:
    case PRESENT_CHECK_PAYLOAD:
    case PRESENT_CHECK_COMPANIONS:
    case PRESENT_CHECK_SOURCES:
    case PRESENT_CHECK_DECLARATION:
    case PRESENT_CHECK_PACKING:
    case PRESENT_CHECK_ADVICE:
        return true;
    case PRESENT_CHECK_CARTRIDGE:
    case PRESENT_CHECK_PRELUDE:
    case PRESENT_CHECK_HEADER:
    case PRESENT_CHECK_WORKSPACE:
    case PRESENT_CHECK_PACK:
    case PRESENT_CHECK_RUN:
    case PRESENT_CHECK_COUNT:
        break;
    }
    return false;
}
