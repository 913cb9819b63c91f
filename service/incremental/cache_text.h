/* The form of cache.json, for those that print and read it: docs/contracts/build-cache.md, 4. */
#ifndef PRPACK_SERVICE_INCREMENTAL_CACHE_TEXT_H
#define PRPACK_SERVICE_INCREMENTAL_CACHE_TEXT_H

enum { SERVICE_CACHE_SCHEMA_VERSION = 4, SERVICE_CACHE_SIZE_MAX = 256 << 20 };

/* The end of the document around its seal (service/transaction/seal.h), which is over everything before it. */
#define SERVICE_CACHE_BEFORE_SEAL ",\"seal\":\""
#define SERVICE_CACHE_AFTER_SEAL "\"}"

#endif
