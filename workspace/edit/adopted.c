#include "workspace/edit/adopted.h"

#include <stdlib.h>

void workspace_adoption_free(struct workspace_adoption *adoption)
{
    for (size_t i = 0; adoption->items != NULL && i < adoption->count; i++) {
        free(adoption->items[i].root);
        free(adoption->items[i].name);
        free(adoption->items[i].old_root);
        free(adoption->items[i].old_name);
    }
    free(adoption->items);
    *adoption = (struct workspace_adoption){.items = NULL};
}
