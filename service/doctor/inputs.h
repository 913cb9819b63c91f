/* The input files of a workspace, each once: docs/contracts/workspace.md, 8.10.
 *
 * Threads: one at a time; finding them uses workers of its own. */
#ifndef PRPACK_SERVICE_DOCTOR_INPUTS_H
#define PRPACK_SERVICE_DOCTOR_INPUTS_H

#include "base/hash_value.h"
#include "service/doctor/subject.h"

struct service_doctor_input {
    size_t asset; /* of the subject */
    size_t input; /* of its declaration */
    bool opened;  /* else the rest is not known */
    uint64_t device;
    uint64_t inode;
    uint64_t size;
    struct base_hash hash; /* of those whose size another one has */
};

struct service_doctor_inputs {
    const struct service_doctor_subject *subject;
    struct service_doctor_input *items; /* by asset, then in the order of its declaration */
    size_t count;
};

/* Opens each input of each asset and closes it again. What cannot be opened is left out: a build reports it. False when
 * memory ran out. Free it in either case. */
bool service_doctor_inputs_find(struct service_doctor_inputs *inputs, const struct service_doctor_subject *subject);

/* Whether one of them is this file. Before that the caller sorts them by file. */
void service_doctor_inputs_sort_by_file(struct service_doctor_inputs *inputs);
bool service_doctor_inputs_have(const struct service_doctor_inputs *inputs, uint64_t device, uint64_t inode);

void service_doctor_inputs_free(struct service_doctor_inputs *inputs);

#endif
