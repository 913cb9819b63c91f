# Registers the tests of Python that run prpack as its users do.

# prpack_python_test(FILE): FILE.py, a unittest module, with each of its tests as one CTest entry ROOM.FILE.NAME, where the
# room is named as the folder.
find_program(PRPACK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)

function(prpack_python_test file)
    set(source "${CMAKE_CURRENT_SOURCE_DIR}/${file}.py")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    file(STRINGS ${source} lines REGEX "^(class|    def test_)")
    file(STRINGS ${source} written REGEX "def +test")
    cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME room)
    set(registered 0)
    foreach(line IN LISTS lines)
        if(line MATCHES "^class ([A-Za-z0-9_]+)")
            set(class ${CMAKE_MATCH_1})
        elseif(line MATCHES "def (test_([a-z0-9_]+))")
            add_test(NAME ${room}.${file}.${CMAKE_MATCH_2}
                     COMMAND ${PRPACK_PYTHON} -B -m unittest ${file}.${class}.${CMAKE_MATCH_1}
                     WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
            math(EXPR registered "${registered} + 1")
            set_tests_properties(${room}.${file}.${CMAKE_MATCH_2} PROPERTIES ENVIRONMENT
                "PRPACK=$<TARGET_FILE:prpack>;PRPACK_CLOCKED=$<TARGET_FILE:prpack_clocked>;PRPACK_SCHEMA=$<TARGET_FILE:print_schema>;PRPACK_SERVE_SCHEMA=$<TARGET_FILE:print_serve_schema>;PRPACK_ROOT=${PROJECT_SOURCE_DIR};PRPACK_SANITIZE=${PRPACK_SANITIZE};PYTHONPATH=${PROJECT_SOURCE_DIR}/tests/lib")
        endif()
    endforeach()
    list(LENGTH written count)
    if(NOT registered EQUAL count)
        message(FATAL_ERROR "${source} has ${count} functions that begin with \"test\", but ${registered} tests could be registered.")
    endif()
endfunction()
