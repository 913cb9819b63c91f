/* Which findings count, as a request says it: docs/contracts/builder-integration.md 3.4. */
#ifndef PRPACK_SERVICE_POLICY_H
#define PRPACK_SERVICE_POLICY_H

#include "base/policy.h"
#include "service/request.h"

/* Adds `usage` for each id that does not exist, cannot be ignored, or is both ignored and an error. False when there is
 * one. */
bool service_policy_check(const struct service_findings_wish *wish, struct base_findings *findings);

/* The policy of a wish that was checked; ids that do not exist say nothing. An operation that goes on with what it
 * finds right does not let errors of class W be ignored: `refuses`. */
struct base_policy service_policy_of(const struct service_findings_wish *wish, bool refuses);

/* Judges by the policy, and puts errors before warnings. */
void service_policy_apply(const struct base_policy *policy, struct base_findings *findings);

/* For what has something to write: judges, and says whether it may be written. No error was found but warnings that
 * count as errors; of the others the caller knows what they forbid. */
bool service_policy_permits(const struct base_policy *policy, struct base_findings *findings);

#endif
