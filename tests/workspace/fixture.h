/* A workspace on disk, and what a finding must say.
 *
 * Documents are written with ' for ", so that they can be read in C. One ^ in a document marks the byte that a finding
 * must point at; it is taken out before the document is used. */
#ifndef PRPACK_TESTS_WORKSPACE_FIXTURE_H
#define PRPACK_TESTS_WORKSPACE_FIXTURE_H

#include "tests/lib/unit.h"
#include "workspace/edit/edit.h"
#include "workspace/workspace.h"

#define UUID_1 "00000000-0000-4000-8000-000000000001"
#define UUID_2 "00000000-0000-4000-8000-000000000002"
#define UUID_3 "00000000-0000-4000-8000-000000000003"

/* Valid declarations: a GLYPH of two sprites and two palettes, a sound, a scene. */
extern const char glyph_document[];
extern const char sound_document[];
extern const char scene_document[];

/* A document in its true spelling (free() it); *mark is where the ^ was, or -1. */
char *spell(const char *document, int64_t *mark);
/* document with the first `old` replaced (free() it); the test ends when there is none. */
char *replaced(const char *document, const char *old, const char *new);

/* Writes a document below the test's directory. Returns the place of its ^, or -1. */
int64_t put(const char *relative, const char *document);
/* Writes assets/.prometeu/index.json with one record for each root, ids 1, 2, … and uuids UUID_1, … */
void put_registry(const char *first, const char *second, const char *third);
/* Reads a file below the test's directory (free() it). */
char *get(const char *relative);
bool exists(const char *relative);
/* Whether the file has this document, in its true spelling. */
void check_file(const char *relative, const char *document);

/* The finding of that index has this id, place and pointer. file is relative to the test's directory; offset -1 and
 * pointer NULL mean that there is none. */
void check_finding(const struct base_findings *findings, size_t index, const char *id, const char *file, int64_t offset,
                   const char *pointer, unsigned line);
/* It is the only finding, warnings included. */
void check_only(const struct base_findings *findings, const char *id, const char *file, int64_t offset,
                const char *pointer, unsigned line);
/* The text occurs in the finding's message, expected or actual. */
void check_says(const struct base_findings *findings, size_t index, const char *text, unsigned line);

#define CHECK_FINDING(findings, index, id, file, offset, pointer)                                                      \
    check_finding(findings, index, id, file, offset, pointer, __LINE__)
#define CHECK_ONLY(findings, id, file, offset, pointer) check_only(findings, id, file, offset, pointer, __LINE__)
#define CHECK_SAYS(findings, index, text) check_says(findings, index, text, __LINE__)

/* Changes the current directory to one below the test's, and back to where the program began. */
void go(const char *relative);
void go_back(void);

/* Opens the workspace of the test's directory; the test ends when it is refused. */
void open_fine(struct workspace *workspace);

#endif
