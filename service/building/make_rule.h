/* A rule as make and ninja read it: docs/contracts/builder-integration.md 9. */
#ifndef PRPACK_SERVICE_BUILDING_MAKE_RULE_H
#define PRPACK_SERVICE_BUILDING_MAKE_RULE_H

#include "base/text.h"

/* Whether a path can be the target of a rule: make and ninja read it as it is. */
bool service_rule_takes_target(const char *path);

/* Begins a rule. */
void service_rule_begin(struct base_text *rule, const char *target);
/* Adds a prerequisite. False when make would read another name, whatever is written: nothing is added then. */
bool service_rule_add(struct base_text *rule, const char *path);

/* Appends a rule without prerequisites, so that make goes on when the file is gone. Nothing for a name that make could
 * take for something else there. */
void service_rule_add_optional(struct base_text *rules, const char *path);

#endif
