"""What the tests of all operations do: compare the tree with all that a write would change, and read a document of the schema."""

import json
import os

import jsonschema
from harness.trees import read
from workspace import ROOT, WorkspaceTest, prpack

SCHEMA = os.path.join(ROOT, "docs", "schemas", "report.schema.json")


class OperationTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.validator = jsonschema.Draft202012Validator(json.loads(read(SCHEMA)))

    def stamps(self):
        """Every file and directory with all that a write would change."""
        found = {}
        for at, directories, files in os.walk(self.dir):
            for name in [".", *directories, *files]:
                status = os.lstat(os.path.join(at, name))
                found[os.path.join(at, name)] = (status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        return found

    def document(self, *words, code=0, cwd="."):
        """The one document that a command prints."""
        ended = prpack(*words, "--format", "json", cwd=self.path(cwd))
        self.assertEqual(ended.code, code, ended.said)
        document, = ended.documents()
        self.validator.validate(document)
        return document
