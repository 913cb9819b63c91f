#include "workspace/model/file_kind.h"

#include "base/ascii.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum part { BEGIN, WHOLE, END };

/* The first row that fits a name counts. Lower case. */
static const struct row {
    const char *text;
    enum part part; /* of the name */
    enum workspace_file_kind kind;
} rows[] = {
    /* What systems and version control keep. */
    {"._", BEGIN, WORKSPACE_FILE_WORKING}, /* resource forks of macOS */
    {".ds_store", WHOLE, WORKSPACE_FILE_WORKING},
    {".directory", WHOLE, WORKSPACE_FILE_WORKING},
    {".gitattributes", WHOLE, WORKSPACE_FILE_WORKING},
    {".gitignore", WHOLE, WORKSPACE_FILE_WORKING},
    {".gitkeep", WHOLE, WORKSPACE_FILE_WORKING},
    {"thumbs.db", WHOLE, WORKSPACE_FILE_WORKING},
    {"desktop.ini", WHOLE, WORKSPACE_FILE_WORKING},

    {"readme", WHOLE, WORKSPACE_FILE_WORKING},
    {"license", WHOLE, WORKSPACE_FILE_WORKING},
    {"licence", WHOLE, WORKSPACE_FILE_WORKING},
    {"copying", WHOLE, WORKSPACE_FILE_WORKING},
    {"credits", WHOLE, WORKSPACE_FILE_WORKING},
    {"authors", WHOLE, WORKSPACE_FILE_WORKING},

    {".png", END, WORKSPACE_FILE_PNG},
    {".gpl", END, WORKSPACE_FILE_PALETTE},
    {".pal", END, WORKSPACE_FILE_PALETTE},
    {".hex", END, WORKSPACE_FILE_PALETTE},
    {".wav", END, WORKSPACE_FILE_SOUND},
    {".wave", END, WORKSPACE_FILE_SOUND},
    {".bwf", END, WORKSPACE_FILE_SOUND},
    {".rf64", END, WORKSPACE_FILE_SOUND},
    {".bw64", END, WORKSPACE_FILE_SOUND},
    {".w64", END, WORKSPACE_FILE_SOUND},
    {".aif", END, WORKSPACE_FILE_SOUND},
    {".aiff", END, WORKSPACE_FILE_SOUND},
    {".aifc", END, WORKSPACE_FILE_SOUND},
    {".flac", END, WORKSPACE_FILE_SOUND},

    /* Painting programs. */
    {".ase", END, WORKSPACE_FILE_WORKING},
    {".aseprite", END, WORKSPACE_FILE_WORKING},
    {".clip", END, WORKSPACE_FILE_WORKING},
    {".kra", END, WORKSPACE_FILE_WORKING},
    {".ora", END, WORKSPACE_FILE_WORKING},
    {".pdn", END, WORKSPACE_FILE_WORKING},
    {".piskel", END, WORKSPACE_FILE_WORKING},
    {".psb", END, WORKSPACE_FILE_WORKING},
    {".psd", END, WORKSPACE_FILE_WORKING},
    {".pxo", END, WORKSPACE_FILE_WORKING},
    {".pyxel", END, WORKSPACE_FILE_WORKING},
    {".xcf", END, WORKSPACE_FILE_WORKING},
    /* Programs for models and sounds. */
    {".aup", END, WORKSPACE_FILE_WORKING},
    {".aup3", END, WORKSPACE_FILE_WORKING},
    {".blend", END, WORKSPACE_FILE_WORKING},
    {".reapeaks", END, WORKSPACE_FILE_WORKING},
    /* Texts, copies, and what game engines write. */
    {".bak", END, WORKSPACE_FILE_WORKING},
    {".import", END, WORKSPACE_FILE_WORKING},
    {".md", END, WORKSPACE_FILE_WORKING},
    {".meta", END, WORKSPACE_FILE_WORKING},
    {".orig", END, WORKSPACE_FILE_WORKING},
    {".txt", END, WORKSPACE_FILE_WORKING},
    {".url", END, WORKSPACE_FILE_WORKING},
    {"~", END, WORKSPACE_FILE_WORKING},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/* A name that is nothing but an ending has none. */
static bool fits(const struct row *row, const char *name, size_t length)
{
    size_t size = strlen(row->text);
    switch (row->part) {
    case BEGIN:
        return length > size && base_ascii_equals(base_bytes_make(name, size), row->text);
    case WHOLE:
        return length == size && base_ascii_equals(base_bytes_make(name, size), row->text);
    case END:
        break;
    }
    return length > size && base_ascii_equals(base_bytes_make(name + length - size, size), row->text);
}

enum workspace_file_kind workspace_file_kind_of(const char *name)
{
    size_t length = strlen(name);
    size_t i = 0;
    while (i < ROWS && !fits(&rows[i], name, length)) {
        i++;
    }
    return i < ROWS ? rows[i].kind : WORKSPACE_FILE_OTHER;
}
