"""asset.json and index.json, as people and programs write them: the same members, other white space."""

import hashlib
import json

# name: the keyword arguments of json.dumps, and what ends the file.
STYLES = {
    'indented': ({'indent': 2}, '\n'),
    'wide': ({'indent': 4}, '\n'),
    'tabs': ({'indent': '\t'}, '\n'),
    'compact': ({'separators': (',', ':')}, ''),
    'one line': ({}, '\n'),
    'sorted': ({'indent': 2, 'sort_keys': True}, '\r\n'),
}


def uuid(root):
    """A version 4 uuid that depends on nothing but the root."""
    digits = bytearray(hashlib.md5(b'lantern rock/' + root.encode()).digest())
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    text = digits.hex()
    return '-'.join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def document(value, style='indented'):
    options, end = STYLES[style]
    text = json.dumps(value, ensure_ascii=False, **options)
    return (text.replace('\n', '\r\n') if end == '\r\n' else text).encode() + end.encode()


def declaration(root, name, kind, inputs, output, preload=False, slot=None, style='indented', build=None):
    """kind: glyph, sound or scene. preload: whether; slot: which, or None for the packer's choice."""
    value = {
        'schema_version': 1,
        'asset_uuid': uuid(root),
        'name': name,
        'type': kind + '_bank',
        'inputs': inputs,
        'output': output,
        'preload': {'enabled': preload or slot is not None},
    }
    if slot is not None:
        value['preload']['slot'] = slot
    if build is not None:
        value['build'] = build
    return document(value, style)


def registry(records, next_asset_id):
    """records: (asset_id, root, included_in_build)."""
    assets = [{'asset_id': asset_id, 'asset_uuid': uuid(root), 'root': root, 'included_in_build': included}
              for asset_id, root, included in records]
    return document({'schema_version': 1, 'next_asset_id': next_asset_id, 'assets': assets})
