/* Examines a directory that builds may be publishing into, without changing anything. */
#ifndef PRPACK_SERVICE_EXAMINATION_DIRECTORY_H
#define PRPACK_SERVICE_EXAMINATION_DIRECTORY_H

#include "base/task.h"
#include "service/examination/examine.h"

/* Fills *report like service_examine, under the shared lock on the directory. A set that a killed build has committed
 * is examined as it will be when it is in place. What is pending is a finding, a warning. A promotion that does not end
 * in time is build-busy. `inspects`: what is not a build directory is examined as a cartridge. */
void service_examine_directory(struct base_task *task, const char *directory, bool inspects,
                               const struct service_examination_options *options, struct service_report *report);

/* Adds a warning when a set is pending in a directory of which a file, or a cartridge, was examined as it lies there.
 */
void service_report_pending_beside(const struct base_task *task, const char *directory, struct service_report *report);

#endif
