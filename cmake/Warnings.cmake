# prpack_warnings: every warning that both the project and this compiler know. Linked PRIVATE, so consumers never see it.
include(CheckCCompilerFlag)

add_library(prpack_warnings INTERFACE)

set(prpack_warning_flags
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wcast-align -Wpointer-arith
    -Wundef -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wvla -Walloca
    -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum -Wdouble-promotion -Wnull-dereference
    # gcc
    -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wjump-misses-init -Wtrampolines -Warith-conversion
    -Wcast-align=strict
    # clang
    -Wcomma -Wshorten-64-to-32 -Wextra-semi-stmt -Wunreachable-code-aggressive -Wassign-enum -Wdocumentation)

foreach(flag IN LISTS prpack_warning_flags)
    string(MAKE_C_IDENTIFIER "PRPACK_HAS${flag}" has_flag)
    check_c_compiler_flag(${flag} ${has_flag})
    if(${has_flag})
        target_compile_options(prpack_warnings INTERFACE ${flag})
    endif()
endforeach()

if(PRPACK_WERROR)
    target_compile_options(prpack_warnings INTERFACE -Werror)
endif()
