#include "verify/core/facts.h"

#include <stdlib.h>

void verify_record_free(struct verify_record *record)
{
    if (record == NULL) {
        return;
    }
    free(record->path);
    base_lines_unmark(&record->lines);
    free(record->memory);
    free(record->assets);
    free(record);
}

void verify_facts_free(struct verify_facts *facts)
{
    free(facts->header_memory);
    free(facts->entries);
    free(facts->preloads);
    free(facts->payloads);
    verify_record_free(facts->record);
    *facts = (struct verify_facts){.entries = NULL};
}
