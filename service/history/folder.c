#include "service/history/folder.h"

#include "service/history/line.h"

bool service_folder_number(const char *name, uint64_t *number)
{
    uint64_t read = 0;
    for (const char *at = name; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || read > SERVICE_OPERATION_MAX) {
            return false;
        }
        read = read * 10 + (uint64_t)(*at - '0');
    }
    *number = read;
    return read > 0 && read <= SERVICE_OPERATION_MAX;
}
