/* The name of an asset. */
#ifndef PRPACK_WORKSPACE_MODEL_NAME_H
#define PRPACK_WORKSPACE_MODEL_NAME_H

/* What is wrong with a name, as a static text that follows "the name ", or NULL. */
const char *workspace_name_fault(const char *name);

#endif
