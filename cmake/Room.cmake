# prpack_room(NAME SOURCES … USES …): a room of the house as a static library prpack_NAME.
#
# USES names what the room may know: other rooms as prpack_ROOM, and libraries as imported targets.
# scripts/check-rooms holds the same rule against what the compiler really included.
function(prpack_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(prpack_${name} STATIC ${ROOM_SOURCES})
    add_library(prpack::${name} ALIAS prpack_${name})
    target_include_directories(prpack_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
    target_link_libraries(prpack_${name}
        PUBLIC ${ROOM_USES}
        PRIVATE ${ROOM_LIBRARIES} $<BUILD_INTERFACE:prpack_warnings> $<BUILD_INTERFACE:prpack_hardening>
                $<BUILD_INTERFACE:prpack_instrumentation>)
endfunction()

# prpack_program(NAME SOURCES … USES …): an executable with the project's own flags.
function(prpack_program name)
    cmake_parse_arguments(PROGRAM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_executable(${name} ${PROGRAM_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${PROGRAM_USES} ${PROGRAM_LIBRARIES}
        prpack_warnings prpack_hardening prpack_instrumentation)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endfunction()
