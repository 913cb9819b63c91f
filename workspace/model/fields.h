/* The parts of a request that findings are about: their place.request_field. service/request.h has the same numbers. */
#ifndef PRPACK_WORKSPACE_MODEL_FIELDS_H
#define PRPACK_WORKSPACE_MODEL_FIELDS_H

enum workspace_field {
    WORKSPACE_FIELD_NONE,
    WORKSPACE_FIELD_ADD_TYPE,
    WORKSPACE_FIELD_ADD_FORMAT,
    WORKSPACE_FIELD_ADD_NAME,
    WORKSPACE_FIELD_ADD_TILE_SIZE,
    WORKSPACE_FIELD_ADD_PRELOAD,
    WORKSPACE_FIELD_ADD_SLOT,
    WORKSPACE_FIELD_ASSETS, /* which directory is assets/ */
    WORKSPACE_FIELD_ADD_PAD,
    WORKSPACE_FIELD_ADD_CHANNELS,
    WORKSPACE_FIELD_RENAME_NAME,
    WORKSPACE_FIELD_MOVE_ROOT
};

#endif
