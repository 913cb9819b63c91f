/* The verifier: answers whether a pack loads and whether it conforms, and lists every finding
 * (docs/contracts/assets-pa-v1.md section 4).
 *
 * It shares the rules of loading with the console, through the reader, and no knowledge of the format with the writer.
 * It reads files by position, so a file that shrinks is a finding, not a crash.
 * Cost: time in proportion to the bytes of the files, whatever the table says; memory in proportion to the header and
 * the companions, never to the payloads.
 * Errors: all are in the report. A failure of the environment is a finding of class E and makes verdicts unknown.
 * Cancelling: the report then has `cancelled`, the findings of the stages that were complete, and no lists.
 * Threads: one verification belongs to one caller; it may use workers of its own. Verifications may run side by
 * side. */
#ifndef PRPACK_VERIFY_VERIFY_H
#define PRPACK_VERIFY_VERIFY_H

#include "verify/core/options.h"
#include "verify/core/report.h"

/* All of these fill *report, whatever was in it before, and never fail otherwise: free it with verify_report_free.
 * options may be NULL. */

/* Examines one assets.pa by itself (`inspect`): no companions are looked for; not_checked says so. */
void verify_pack(const char *path, const struct verify_options *options, struct verify_report *report);
/* Examines a directory with the four artifacts (`verify`, and every staged build). */
void verify_build(const char *directory, const struct verify_options *options, struct verify_report *report);
/* Examines a cartridge directory (manifest.json, assets.pa). */
void verify_cartridge(const char *directory, const struct verify_options *options, struct verify_report *report);
/* Examines what is at path: a pack or a .pmc file; a build directory, which has assets.pa and at least one
 * companion, but neither manifest.json nor program.pbx; and in every other directory a cartridge. */
void verify_path(const char *path, const struct verify_options *options, struct verify_report *report);

/* Whether a directory is a build directory, by the rule of verify_path, with the artifacts in `pending` (options.h).
 * False with *problem set when that cannot be found out. */
bool verify_is_build(const struct base_task *task, const char *directory, const char *pending, int *problem);

/* The same for artifacts in memory. A companion with data NULL is missing. */
struct verify_build_bytes {
    struct base_bytes assets_pa;
    struct base_bytes asset_table;
    struct base_bytes preload;
    struct base_bytes metadata;
};
void verify_bytes(const struct verify_build_bytes *build, const struct verify_options *options,
                  struct verify_report *report);

#endif
