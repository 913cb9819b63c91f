#include "workspace/model/name.h"

#include <stddef.h>

const char *workspace_name_fault(const char *name)
{
    if (name[0] == '\0') {
        return "is empty";
    }
    for (const char *at = name; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            return "has a control character";
        }
    }
    return NULL;
}
