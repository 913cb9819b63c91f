#include "verify/companions/companions.h"

#include "verify/companions/metadata_record.h"
#include "verify/companions/mirror.h"
#include "verify/companions/tiles.h"

void verify_check_companions(const struct verify_subject *subject, const struct verify_companions *companions,
                             struct verify_facts *facts, struct verify_sink *sink)
{
    verify_check_mirror(subject, facts, &companions->files[VERIFY_COMPANION_TABLE], facts->asset_table,
                        DIAG_TABLE_MISMATCH, sink);
    verify_check_mirror(subject, facts, &companions->files[VERIFY_COMPANION_PRELOAD], facts->preload,
                        DIAG_PRELOAD_MISMATCH, sink);
    verify_check_record(subject, &companions->files[VERIFY_COMPANION_METADATA], facts, sink);
    if (facts->record != NULL) {
        verify_check_recorded_hashes(subject, facts, sink);
        verify_check_recorded_tiles(subject, facts, sink);
    }
}
