/* Groups of checks: each is a case of JUnit, for the thing examined and for each of its assets. */
#ifndef PRPACK_PRESENT_JUNIT_CHECK_H
#define PRPACK_PRESENT_JUNIT_CHECK_H

#include "service/operations.h"

enum present_check {
    PRESENT_CHECK_CARTRIDGE,
    PRESENT_CHECK_PRELUDE,
    PRESENT_CHECK_HEADER,
    PRESENT_CHECK_ENTRY, /* of the table: members, slices, preload */
    PRESENT_CHECK_PAYLOAD,
    PRESENT_CHECK_COMPANIONS,
    PRESENT_CHECK_SOURCES,   /* the set and its workspace */
    PRESENT_CHECK_WORKSPACE, /* registry and directories */
    PRESENT_CHECK_DECLARATION,
    PRESENT_CHECK_PACKING, /* inputs, and what only all of them together show */
    PRESENT_CHECK_PACK,    /* the set that was built */
    PRESENT_CHECK_ADVICE,
    PRESENT_CHECK_RUN, /* the environment and the request: only there when they failed */
    PRESENT_CHECK_COUNT
};

/* The name of a group, as a case has it. Static storage. */
const char *present_check_name(enum present_check check);

/* The group that a finding of an operation belongs to. */
enum present_check present_check_of(const struct service_operation *operation, enum diag diagnostic,
                                    enum diag_class class_);

/* Whether an operation has the group at all, and whether it has a case for each asset. */
bool present_check_applies(const struct service_answer *answer, enum present_check check);
bool present_check_is_of_assets(enum present_check check);

#endif
