# How the two hash codes of base/ are compiled.
#
# base/hash.c uses the public functions of xxHash, those that choose by processor where the library has them.
# base/fast_hash.c uses private parts of it: kernels that are known to fit the versions listed here. Without
# PRPACK_FAST_HASH, base/fast_hash_plain.c takes its place.
include(CheckCSourceCompiles)

string(MAKE_C_IDENTIFIER "${XXHASH_VERSION}" prpack_xxhash) # another version is another question
set(CMAKE_REQUIRED_LIBRARIES PkgConfig::XXHASH)
check_c_source_compiles("
#include <xxhash.h>
#if XXH_VERSION_NUMBER < 801 || XXH_VERSION_NUMBER > 803
#error another version
#endif
int main(void) { return 0; }" PRPACK_KERNELS_FIT_${prpack_xxhash})
check_c_source_compiles("
#include <xxhash.h>
#include <xxh_x86dispatch.h>
int main(void) { return XXH3_128bits_update(XXH3_createState(), \"\", 1) == XXH_OK && XXH3_128bits(\"\", 1).low64 == 0; }"
    PRPACK_HASH_DISPATCHES_${prpack_xxhash})
unset(CMAKE_REQUIRED_LIBRARIES)
set(PRPACK_HASH_DISPATCHES ${PRPACK_HASH_DISPATCHES_${prpack_xxhash}})

if(PRPACK_KERNELS_FIT_${prpack_xxhash})
    option(PRPACK_FAST_HASH "The verifier hashes by vector kernels that use private parts of xxHash" ON)
else()
    option(PRPACK_FAST_HASH "The verifier hashes by vector kernels that use private parts of xxHash" OFF)
    if(PRPACK_FAST_HASH)
        message(FATAL_ERROR "PRPACK_FAST_HASH is ON, but its kernels are not known to fit xxHash ${XXHASH_VERSION}. "
                            "Configure with -DPRPACK_FAST_HASH=OFF.")
    endif()
endif()

check_c_source_compiles("
#if !defined(__x86_64__) || !defined(__GNUC__)
#error no variants
#endif
int main(void) { return __builtin_cpu_supports(\"avx512f\"); }" PRPACK_HASH_X86)

if(NOT PRPACK_FAST_HASH)
    set(PRPACK_FAST_HASH_SOURCES fast_hash_plain.c)
elseif(PRPACK_HASH_X86)
    set(PRPACK_FAST_HASH_SOURCES fast_hash.c fast_hash_portable.c fast_hash_avx2.c fast_hash_avx512.c)
else()
    set(PRPACK_FAST_HASH_SOURCES fast_hash.c fast_hash_portable.c)
endif()

# prpack_fast_hash_options(DIRECTORY): the options for PRPACK_FAST_HASH_SOURCES, which are in DIRECTORY, when a target of the current
# directory compiles them. fast_hash.c chooses at run time; each variant alone is compiled for its instructions. gcc vectorises
# well only from -O3 on.
function(prpack_fast_hash_options directory)
    set(optimise $<$<NOT:$<CONFIG:Debug>>:-O3>)
    set_source_files_properties(${directory}/fast_hash_portable.c PROPERTIES COMPILE_OPTIONS "${optimise}")
    set_source_files_properties(${directory}/fast_hash_avx2.c PROPERTIES COMPILE_OPTIONS "${optimise};-mavx2")
    set_source_files_properties(${directory}/fast_hash_avx512.c PROPERTIES COMPILE_OPTIONS "${optimise};-mavx512f")
    if(PRPACK_HASH_X86)
        set_source_files_properties(${directory}/fast_hash.c PROPERTIES COMPILE_DEFINITIONS BASE_FAST_HASH_X86)
    endif()
endfunction()
