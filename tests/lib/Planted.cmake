# prpack_plant(NAME FILE OLD NEW RESULT): writes RESULT, which is FILE of the project with OLD replaced by NEW throughout. The
# configuration fails when OLD is no longer there, so that a fault cannot quietly vanish.
function(prpack_plant name file old new result)
    set(original ${PROJECT_SOURCE_DIR}/${file})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${original})
    file(READ ${original} text)
    string(REPLACE "${old}" "${new}" wrong "${text}")
    if(wrong STREQUAL text)
        message(FATAL_ERROR "${file} no longer has what the fault \"${name}\" changes: ${old}")
    endif()
    file(CONFIGURE OUTPUT ${result} CONTENT "@wrong@" @ONLY)
endfunction()
