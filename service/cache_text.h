/* The form of cache.json, for those that print and read it: docs/contracts/build-cache.md, 4. */
#ifndef PRPACK_SERVICE_CACHE_TEXT_H
#define PRPACK_SERVICE_CACHE_TEXT_H

enum { PP_CACHE_SCHEMA_VERSION = 1, PP_CACHE_SIZE_MAX = 256 << 20 };

/* The end of the document around its hash, which is over everything before it. */
#define PP_CACHE_BEFORE_HASH ",\"document_xxh3_128\":\""
#define PP_CACHE_AFTER_HASH "\"}"

#endif
