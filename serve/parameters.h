/* The parameters of a method as a request of the service, by the table of the request: docs/contracts/serve.md, 4.2. */
#ifndef PRPACK_SERVE_PARAMETERS_H
#define PRPACK_SERVE_PARAMETERS_H

#include "serve/job.h"
#include "json/value.h"

/* What is wrong. */
struct serve_problem {
    bool out_of_memory;         /* nothing is wrong but that */
    struct base_text message;   /* a sentence without its full stop */
    struct base_text parameter; /* its name */
};

/* What each method takes besides the members of its request; the schema is printed by it. Its record is a bool. */
extern const struct service_table serve_own_parameters;

/* Reads `params`, an object or JSON_END, into the job. Returns false when they are wrong or memory ran out; *problem
 * then says so. The caller frees it in both cases. */
bool serve_parameters_read(struct serve_job *job, struct base_bytes text, struct json_token params,
                           struct serve_problem *problem);
void serve_problem_free(struct serve_problem *problem);

#endif
