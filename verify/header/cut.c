#include "verify/header/cut.h"

#include "base/checked.h"

bool verify_find_cut(const struct reader_table *table, uint64_t region, struct verify_cut *cut)
{
    const uint8_t needed = READER_MEMBER_OFFSET | READER_MEMBER_SIZE;
    struct verify_cut found = {.end = 0};
    for (size_t i = 0; i < table->count; i++) {
        const struct reader_row *row = &table->rows[i];
        if ((row->valid & needed) != needed || row->offset != found.end ||
            !base_add_u64(row->offset, row->size, &found.end)) {
            return false;
        }
        found.assets += row->slice_inside ? 0 : 1;
    }
    *cut = found;
    return found.end > region;
}
