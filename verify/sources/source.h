/* One asset of the build set while it is compared with the pack, and its findings. */
#ifndef PRPACK_VERIFY_SOURCES_SOURCE_H
#define PRPACK_VERIFY_SOURCES_SOURCE_H

#include "base/file.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/workspace/registry.h"

struct verify_source_asset {
    const struct verify_subject *subject;
    const struct verify_facts *facts;
    struct verify_sink *sink; /* of this asset */
    const struct verify_record_of_registry *record;
    const struct verify_entry *known; /* NULL: the pack does not have the asset; then the next three mean nothing */
    size_t index;                     /* of the entry */
    struct json_token entry;          /* the entry as an object of the header; its end is not known */
    struct json_token recorded;       /* the asset in asset_table_metadata.json, likewise */
    int root_fd;                      /* of the asset root */
    const char *root_path;            /* as findings name it */
};

/* Whether a problem of opening says that no file or directory of the right kind is at that path below its root. Any
 * other problem leaves open what is there. */
bool verify_is_not_there(int problem);

/* Opens an input and builds its path for findings, which the caller frees. False when that fails, which is reported. */
bool verify_source_open(const struct verify_source_asset *asset, const char *path, struct base_file *file,
                        char **shown);

/* Adds a finding about the asset, at a place of a source file or of the pack. */
__attribute__((format(printf, 4, 5))) void verify_report_source(const struct verify_source_asset *asset,
                                                                enum diag diagnostic, const struct base_place *place,
                                                                const char *format, ...);

/* The same with an expected and an actual value. The asset need not be in the details. */
__attribute__((format(printf, 4, 5))) void verify_report_source_value(const struct verify_source_asset *asset,
                                                                      enum diag diagnostic,
                                                                      const struct base_details *details,
                                                                      const char *format, ...);

/* Adds a finding about a file that could not be opened or read: source-changed when it is not where it was, else
 * environment-*. */
void verify_report_source_problem(const struct verify_source_asset *asset, const char *path, int problem);

/* Adds a finding about a value of the asset's object in asset_table_metadata.json: `below` is the pointer from there.
 */
void verify_report_recorded(const struct verify_source_asset *asset, enum diag diagnostic, struct json_token value,
                            const char *below, const char *expected, const char *text);

/* The same about its entry in the header. */
void verify_report_entry(const struct verify_source_asset *asset, enum diag diagnostic, struct json_token value,
                         const char *below, const char *expected, const char *text);

#endif
