/* What the packer can do: one function an operation. The command line is an adapter over these, and so will be every
 * other front end. None of them prints, reads the command line or ends the process.
 *
 * `workspace` is the project directory (the one that holds assets/), as the user names it. Results own what they hold;
 * free them with their *_free function, after failure too. Threads: operations may run side by side; those that write
 * take the locks of service/lock.h. */
#ifndef PRPACK_SERVICE_SERVICE_H
#define PRPACK_SERVICE_SERVICE_H

#include "service/status.h"
#include "service/transaction/publish.h"
#include "verify/verify.h"
#include "workspace/edit/edit.h"
#include "workspace/workspace.h"
#include "writer/writer.h"

/* Finishes or undoes what a killed prpack has left in a workspace: a front end calls it before each command, whatever
 * the command. Does nothing, silently, where there is nothing to settle, no workspace, no right to write, or somebody
 * at work. */
void service_settle(const char *workspace);

/* init: makes the registry of a new workspace. */
enum service_status service_init(const char *workspace, struct base_findings *findings);

/* add: registers an asset root, writing its asset.json where there is none. */
enum service_status service_add(const char *workspace, const char *root, const struct workspace_add_options *options,
                                bool wait, struct workspace_add_result *result, struct base_findings *findings);

/* list: what is registered, what it declares, and which anchors are not registered. */
struct service_listed_asset {
    int32_t asset_id;
    char *asset_uuid;
    char *root;
    bool included;
    bool readable; /* the declaration was accepted: the members below are filled */
    char *name;
    const char *bank;   /* static */
    const char *format; /* static */
    size_t input_count;
    bool preload;
    bool has_slot;
    uint32_t slot;
};

struct service_listing {
    struct service_listed_asset *assets; /* in rising asset_id */
    size_t count;
    char **unregistered; /* sorted */
    size_t unregistered_count;
};

enum service_status service_list(const char *workspace, struct service_listing *listing,
                                 struct base_findings *findings);
void service_listing_free(struct service_listing *listing);

/* build: packs the build set into four artifacts and publishes them together, or leaves what was there. What has not
 * changed since the last build is not packed again (docs/contracts/build-cache.md); bytes and findings never depend on
 * that. */
struct service_build_options {
    const char *output; /* directory, relative to the workspace; NULL: "build" */
    bool verify;        /* reread and judge the staged files before they are published */
    bool wait;          /* wait for another prpack instead of refusing */
    bool no_cache;      /* pack everything from its sources */
    unsigned jobs;      /* 0: one a processor */
    writer_progress_callback write_progress;
    verify_progress_callback verify_progress;
    void *progress_context;
};

struct service_build_result {
    char *output; /* the directory, as messages name it */
    enum service_published published;
    bool unchanged; /* the artifacts that stand there are what would be published: none was written */
    bool verified;  /* report holds the verdicts on the files before they were published, or as they stand unchanged */
    struct writer_summary summary;
    struct verify_report report;
};

enum service_status service_build(const char *workspace, const struct service_build_options *options,
                                  struct service_build_result *result, struct base_findings *findings);
void service_build_result_free(struct service_build_result *result);

/* verify: a build directory with its companions. directory is as the user names it. */
enum service_status service_verify(const char *directory, const struct verify_options *options,
                                   struct verify_report *report);

/* inspect: one assets.pa, cartridge directory or build directory. */
enum service_status service_inspect(const char *path, const struct verify_options *options,
                                    struct verify_report *report);

/* explain: the facts of a diagnostic id; NULL when there is none of that name. */
const struct diag_facts *service_explain(const char *id);
/* The id closest to a mistyped one, or NULL when none is close. */
const char *service_closest_id(const char *id);

#endif
