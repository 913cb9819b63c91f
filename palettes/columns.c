#include "palettes/columns.h"

#include "base/array.h"

#include <stdlib.h>

bool palettes_columns_add_member(struct palettes_columns *columns, uint16_t set)
{
    uint16_t *members =
        base_array_grow(columns->members, columns->member_count, &columns->member_capacity, sizeof *members);
    if (members == NULL) {
        return false;
    }
    columns->members = members;
    members[columns->member_count++] = set;
    return true;
}

bool palettes_columns_end(struct palettes_columns *columns)
{
    size_t *ends = base_array_grow(columns->ends, columns->count, &columns->capacity, sizeof *ends);
    if (ends == NULL) {
        return false;
    }
    columns->ends = ends;
    ends[columns->count++] = columns->member_count;
    return true;
}

void palettes_columns_free(struct palettes_columns *columns)
{
    free(columns->ends);
    free(columns->members);
    *columns = (struct palettes_columns){.ends = NULL};
}
