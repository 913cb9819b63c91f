/* Shows the results of the operations, as text for people or as JSON for programs (docs/schemas/report.schema.json).
 *
 * Text results go to output->out; output->quiet leaves them and all warnings out. Findings go to output->err, those of
 * an examination to output->out. JSON goes to output->out, one document per call. What cannot be shown because memory
 * ran out sets *output->out_of_memory. No argument is NULL unless said otherwise. Threads: one at a time per stream. */
#ifndef PRPACK_PRESENT_PRESENT_H
#define PRPACK_PRESENT_PRESENT_H

#include "present/output.h"
#include "service/service.h"

/* An operation of which there is nothing to show but findings. `command` is its name in JSON. */
void present_outcome(const struct present_output *output, const char *command, const struct base_findings *findings);

/* The result of `init`. */
void present_init(const struct present_output *output, enum service_status status,
                  const struct base_findings *findings);

/* The result of `add`; `root` is what the user asked to add. */
void present_addition(const struct present_output *output, const char *root, const struct service_add_result *result,
                      const struct base_findings *findings);

/* The result of `list`. */
void present_listing(const struct present_output *output, enum service_status status,
                     const struct service_listing *listing, const struct base_findings *findings);

/* The result of `build`. */
void present_build(const struct present_output *output, const struct service_build_result *result,
                   const struct base_findings *findings);

/* The result of `verify` or `inspect`; `command` is the operation's name in JSON. */
void present_examination(const struct present_output *output, const char *command, const struct service_report *report);

/* Diagnostics that the user asked about, and findings about ids that do not exist. */
void present_explanations(const struct present_output *output, const enum diag *diagnostics, size_t count,
                          const struct base_findings *findings);
/* All diagnostics: a list. */
void present_catalogue(const struct present_output *output);
/* All diagnostics: the document docs/contracts/diagnostics.md, whatever the output's form. */
void present_catalogue_document(const struct present_output *output);

#endif
