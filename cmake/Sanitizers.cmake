# prpack_instrumentation: sanitizers, coverage and the fuzzer's own instrumentation, for every room alike.
add_library(prpack_instrumentation INTERFACE)

if(PRPACK_SANITIZE)
    target_compile_options(prpack_instrumentation INTERFACE
        -fsanitize=${PRPACK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
    target_link_options(prpack_instrumentation INTERFACE -fsanitize=${PRPACK_SANITIZE})
endif()

if(PRPACK_COVERAGE)
    if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
        message(FATAL_ERROR "PRPACK_COVERAGE needs clang: use the preset `coverage`.")
    endif()
    target_compile_options(prpack_instrumentation INTERFACE -fprofile-instr-generate -fcoverage-mapping)
    target_link_options(prpack_instrumentation INTERFACE -fprofile-instr-generate)
endif()

if(PRPACK_LIBFUZZER)
    if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
        message(FATAL_ERROR "PRPACK_LIBFUZZER needs clang: use the preset `fuzz`.")
    endif()
    target_compile_options(prpack_instrumentation INTERFACE -fsanitize=fuzzer-no-link)
    target_compile_definitions(prpack_instrumentation INTERFACE FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION)
endif()
