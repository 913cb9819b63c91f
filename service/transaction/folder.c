#include "service/transaction/folder.h"

#include "base/text.h"
#include "service/transaction/names.h"

#include <inttypes.h>
#include <string.h>

/* How the path of every folder begins. */
#define ABOVE WORKSPACE_REGISTRY_DIRECTORY "/" SERVICE_QUARANTINE_NAME "/"

/* Reads the digits at the begin of a text, up to its end or a '/'. Returns how many there are; 0: it is no number. */
static size_t read_number(const char *text, uint64_t *number)
{
    size_t length = strcspn(text, "/");
    uint64_t read = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || read > SERVICE_OPERATION_MAX) {
            return 0;
        }
        read = read * 10 + (uint64_t)(text[i] - '0');
    }
    *number = read;
    return read > 0 && read <= SERVICE_OPERATION_MAX ? length : 0;
}

bool service_folder_number(const char *name, uint64_t *number)
{
    size_t length = read_number(name, number);
    return length > 0 && name[length] == '\0';
}

char *service_folder_path(const char *name, const char *entry)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_addf(&path, ABOVE "%s%s%s", name, entry != NULL ? "/" : "", entry != NULL ? entry : "");
    return base_text_take(&path);
}

char *service_folder_name(uint64_t number)
{
    struct base_text name = BASE_TEXT_EMPTY;
    base_text_addf(&name, "%04" PRIu64, number);
    return base_text_take(&name);
}

/* Whether a path is that of a folder with this behind it. */
static bool is_folder_and(const char *path, const char *rest)
{
    size_t above = sizeof ABOVE - 1;
    uint64_t number;
    if (strncmp(path, ABOVE, above) != 0) {
        return false;
    }
    size_t length = read_number(path + above, &number);
    return length > 0 && strcmp(path + above + length, rest) == 0;
}

bool service_folder_is(const char *path)
{
    return is_folder_and(path, "");
}

bool service_folder_is_record(const char *path)
{
    return is_folder_and(path, "/" SERVICE_FOLDER_RECORD);
}

bool service_folder_is_files(const char *path)
{
    return is_folder_and(path, "/" SERVICE_FOLDER_FILES);
}
