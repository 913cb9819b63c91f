/* Rules between the assets of the build set: names and slots. docs/contracts/workspace.md, 3 and 3.3. */
#ifndef PRPACK_VERIFY_SOURCES_BETWEEN_H
#define PRPACK_VERIFY_SOURCES_BETWEEN_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/workspace/declaration.h"

/* What is kept of a declaration when it was read. */
struct verify_summary {
    bool valid;                                                /* the declaration breaks no rule of its own */
    char *name;                                                /* owned; NULL unless valid */
    struct verify_document_place name_at, preload_at, slot_at; /* in asset.json */
    const struct verify_entry *packed;                         /* NULL: the pack does not have the asset */
    uint8_t bank;                                              /* enum pp_bank */
    bool preload, has_slot;
    uint8_t slot;
};

/* The build set: summaries[i] is that of registry->records[i], in rising asset_id. */
struct verify_build_set {
    const struct verify_subject *subject;
    const struct verify_facts *facts;
    const struct verify_registry *registry;
    const char *assets_path;
    const struct verify_summary *summaries;
};

/* Two assets with one name (declaration-value), slot-clash, slot-exhausted; and source-mismatch where the pack has
 * another name than the only asset of a name, or preloads into another slot than the rule gives. The slots are compared
 * only when every declaration is valid. */
void verify_check_between(const struct verify_build_set *set, struct verify_sink *sink);

#endif
