# prpack_room(NAME SOURCES … [USES …] [PARTS …] [PUBLIC_HEADERS …] [LIBRARIES …]): a room as a static library prpack_NAME.
#
# USES names the rooms that this room may know, as prpack_ROOM. They are linked, and their headers are the only ones that a
# source of this room can include: see prpack_fence. scripts/check-rooms checks the same walls in what was compiled.
#
# PARTS names single headers. Of each room that occurs in PARTS, this room gets only the headers that are listed.
# PUBLIC_HEADERS names the headers that other rooms get of this room. Without it, they get all of them.
function(prpack_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PARTS;PUBLIC_HEADERS;LIBRARIES" ${ARGN})
    add_library(prpack_${name} STATIC ${ROOM_SOURCES})
    set_target_properties(prpack_${name} PROPERTIES PRPACK_PUBLIC_HEADERS "${ROOM_PUBLIC_HEADERS}")
    list(TRANSFORM ROOM_USES REPLACE "^prpack_" "" OUTPUT_VARIABLE rooms)
    prpack_fence(${name} "${rooms}" "${ROOM_PARTS}")
    file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${name}" "${PROJECT_BINARY_DIR}/fence/${name}/${name}" SYMBOLIC)
    prpack_include_through_fence(prpack_${name} ${name})
    # PRIVATE: a room that uses this one links what this one needs, but does not see it.
    target_link_libraries(prpack_${name}
        PRIVATE ${ROOM_USES} ${ROOM_LIBRARIES} $<BUILD_INTERFACE:prpack_warnings> $<BUILD_INTERFACE:prpack_hardening>
                $<BUILD_INTERFACE:prpack_instrumentation>)

    # prpack::NAME is for projects that contain this one: they see the headers that other rooms would see.
    list(PREPEND rooms ${name})
    prpack_fence(users_of_${name} "${rooms}" "${ROOM_PARTS}")
    add_library(prpack_users_of_${name} INTERFACE)
    target_include_directories(prpack_users_of_${name} INTERFACE "${PROJECT_BINARY_DIR}/fence/users_of_${name}")
    target_link_libraries(prpack_users_of_${name} INTERFACE prpack_${name})
    add_library(prpack::${name} ALIAS prpack_users_of_${name})
endfunction()

# prpack_fence(NAME ROOMS PARTS): writes build/PRESET/fence/NAME/, an include path. It holds symbolic links to the
# rooms, or to what others may see of them, so "verify/core/report.h" is found only where verify/ is known.
function(prpack_fence name rooms parts)
    set(fence "${PROJECT_BINARY_DIR}/fence/${name}")
    file(REMOVE_RECURSE "${fence}")
    file(MAKE_DIRECTORY "${fence}")
    foreach(room IN LISTS rooms)
        set(headers ${parts})
        list(FILTER headers INCLUDE REGEX "^${room}/")
        if(NOT headers)
            get_target_property(headers prpack_${room} PRPACK_PUBLIC_HEADERS)
            list(TRANSFORM headers PREPEND "${room}/")
        endif()
        if(NOT headers)
            file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${room}" "${fence}/${room}" SYMBOLIC)
        endif()
        foreach(header IN LISTS headers)
            if(NOT EXISTS "${PROJECT_SOURCE_DIR}/${header}")
                message(FATAL_ERROR "${name}/ may know ${header}, but there is no such header.")
            endif()
            cmake_path(GET header PARENT_PATH folder)
            file(MAKE_DIRECTORY "${fence}/${folder}")
            file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${header}" "${fence}/${header}" SYMBOLIC)
        endforeach()
    endforeach()
endfunction()

# prpack_include_through_fence(TARGET ROOM): TARGET sees what ROOM may know. Debuggers, coverage and __FILE__ show the path in
# the source tree, not that of the link.
function(prpack_include_through_fence target room)
    set(fence "${PROJECT_BINARY_DIR}/fence/${room}")
    target_include_directories(${target} PRIVATE "${fence}")
    target_compile_options(${target} PRIVATE "-ffile-prefix-map=${fence}/=${PROJECT_SOURCE_DIR}/")
endfunction()

# prpack_program(NAME SOURCES … [USES …] [LIBRARIES …] [ROOM room]): an executable with the project's own flags.
#
# With ROOM it sees what that room may know. Without, it sees the whole tree: tests, fuzz targets and benchmarks include
# private headers of what they test.
function(prpack_program name)
    cmake_parse_arguments(PROGRAM "" "ROOM" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_executable(${name} ${PROGRAM_SOURCES})
    if(PROGRAM_ROOM)
        prpack_include_through_fence(${name} ${PROGRAM_ROOM})
    else()
        target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    endif()
    target_link_libraries(${name} PRIVATE ${PROGRAM_USES} ${PROGRAM_LIBRARIES}
        prpack_warnings prpack_hardening prpack_instrumentation)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endfunction()
