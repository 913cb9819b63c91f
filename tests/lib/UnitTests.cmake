# Registers the unit tests, and finds those that nobody registers.
#
# A test is registered when `UNIT_TEST(name)` begins a line of a file that a call of prpack_unit_test names. Whatever else
# looks like a test fails the configuration: a test that is not run must not look like one that passes.

# Reads the names of the tests of SOURCE into the variable OUT.
function(prpack_unit_test_names source out)
    file(READ ${source} text)
    string(REGEX MATCHALL "UNIT_TEST[ \t\r\n]*\\(" written "${text}")
    file(STRINGS ${source} lines REGEX "^UNIT_TEST\\([a-z0-9_]+\\)$")
    list(TRANSFORM lines REPLACE "^UNIT_TEST\\(([a-z0-9_]+)\\)$" "\\1")
    list(LENGTH written count)
    list(LENGTH lines registered)
    if(registered EQUAL 0)
        message(FATAL_ERROR "${source} has no UNIT_TEST.")
    endif()
    if(NOT registered EQUAL count)
        message(FATAL_ERROR "${source}: UNIT_TEST( occurs ${count} times, but only ${registered} tests can be registered. "
                            "Write each test as UNIT_TEST(lower_case_name) on a line of its own, at the line's start.")
    endif()
    set(names ${lines})
    list(REMOVE_DUPLICATES names)
    list(LENGTH names different)
    if(NOT different EQUAL registered)
        message(FATAL_ERROR "${source} has two tests of the same name.")
    endif()
    set(${out} ${names} PARENT_SCOPE)
endfunction()

# prpack_unit_test(ROOM FILE USES …): ROOM/FILE.c as a program, and each UNIT_TEST in it as one CTest entry ROOM.FILE.NAME.
function(prpack_unit_test room file)
    cmake_parse_arguments(UNIT "" "" "USES;LIBRARIES" ${ARGN})
    set(source "${CMAKE_CURRENT_SOURCE_DIR}/${file}.c")
    set(program "test_${room}_${file}")
    prpack_program(${program} SOURCES ${source} USES prpack_unit ${UNIT_USES} LIBRARIES ${UNIT_LIBRARIES})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    set_property(GLOBAL APPEND PROPERTY PRPACK_UNIT_SOURCES ${source})
    prpack_unit_test_names(${source} names)
    foreach(name IN LISTS names)
        add_test(NAME ${room}.${file}.${name} COMMAND ${program} ${name})
        set_tests_properties(${room}.${file}.${name} PROPERTIES LABELS quick)
    endforeach()
endfunction()

# prpack_quick_tests(EXCEPT TEST…): gives the tests that this directory has so far the label quick. All tests with this label
# together take less than 30 seconds on two processors.
function(prpack_quick_tests)
    cmake_parse_arguments(QUICK "" "" "EXCEPT" ${ARGN})
    get_property(tests DIRECTORY PROPERTY TESTS)
    foreach(test IN LISTS tests)
        get_property(labels TEST ${test} PROPERTY LABELS)
        if(NOT test IN_LIST QUICK_EXCEPT AND NOT "quick" IN_LIST labels)
            set_property(TEST ${test} APPEND PROPERTY LABELS quick)
        endif()
    endforeach()
endfunction()

# prpack_not_quick(PATTERN): takes the label quick from the tests of this directory whose name fits.
function(prpack_not_quick pattern)
    get_property(tests DIRECTORY PROPERTY TESTS)
    list(FILTER tests INCLUDE REGEX "${pattern}")
    set_tests_properties(${tests} PROPERTIES LABELS "")
endfunction()

# After all calls of prpack_unit_test: fails when a source below DIRECTORY has a UNIT_TEST and no call names the source.
function(prpack_check_unit_tests directory)
    get_property(registered GLOBAL PROPERTY PRPACK_UNIT_SOURCES)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${directory}/*.c)
    list(REMOVE_ITEM sources ${registered})
    foreach(source IN LISTS sources)
        file(STRINGS ${source} tests REGEX "UNIT_TEST[ \t]*\\(")
        if(tests)
            message(FATAL_ERROR "${source} has tests, but no CMakeLists.txt names the file.")
        endif()
    endforeach()
endfunction()
