#include "workspace/model/file_kind.h"

#include "base/ascii.h"

#include <stddef.h>
#include <string.h>

static bool has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t ending_length = strlen(ending);
    return length > ending_length && base_ascii_equals(base_bytes_of_string(name + length - ending_length), ending);
}

enum workspace_file_kind workspace_file_kind_of(const char *name)
{
    static const struct {
        const char *ending;
        enum workspace_file_kind kind;
    } endings[] = {
        {".png", WORKSPACE_FILE_PNG},     {".gpl", WORKSPACE_FILE_PALETTE}, {".pal", WORKSPACE_FILE_PALETTE},
        {".hex", WORKSPACE_FILE_PALETTE}, {".wav", WORKSPACE_FILE_SOUND},   {".wave", WORKSPACE_FILE_SOUND},
        {".bwf", WORKSPACE_FILE_SOUND},   {".rf64", WORKSPACE_FILE_SOUND},  {".bw64", WORKSPACE_FILE_SOUND},
        {".w64", WORKSPACE_FILE_SOUND},   {".aif", WORKSPACE_FILE_SOUND},   {".aiff", WORKSPACE_FILE_SOUND},
        {".aifc", WORKSPACE_FILE_SOUND},  {".flac", WORKSPACE_FILE_SOUND},
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (has_ending(name, endings[i].ending)) {
            return endings[i].kind;
        }
    }
    return WORKSPACE_FILE_OTHER;
}

bool workspace_is_working_file(const char *name)
{
    static const char *const endings[] = {".ase",   ".aseprite", ".kra", ".psd", ".xcf", ".ora",    ".pdn",  ".piskel",
                                          ".pyxel", ".blend",    ".txt", ".md",  ".bak", ".import", ".meta", "~"};
    static const char *const names[] = {"thumbs.db", "desktop.ini", "readme",  "license",
                                        "licence",   "copying",     "credits", "authors"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (has_ending(name, endings[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (base_ascii_equals(base_bytes_of_string(name), names[i])) {
            return true;
        }
    }
    return false;
}
