"""What the tests of the server share."""

import contextlib
import fcntl
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from workspace import ROOT, WorkspaceTest, prpack  # noqa: E402,F401 # pylint: disable=unused-import

from harness.rpc import Server  # noqa: E402

REGISTRY = "assets/.prometeu"
PARSE, REQUEST, METHOD, PARAMETERS = -32700, -32600, -32601, -32602
EARLY, CANCELLED, CHANGED, ENVIRONMENT = -32002, -32800, -32801, -32803


@contextlib.contextmanager
def locked(path):
    """Another process, this one, has locked the workspace."""
    fd = os.open(os.path.join(path, REGISTRY), os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(fd)


class ServerTest(WorkspaceTest):
    """Gives each test a workspace of two scenes."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"bay": b"a bay " * 400, "cave": b"a cave"})

    def start(self, *arguments, **how):
        """A server that waits for its first message."""
        server = Server(how.pop("path", self.dir), *arguments, **how)
        self.addCleanup(server.__exit__)
        return server

    def open(self, *arguments, hello=None, **how):
        """A server that is initialised."""
        server = self.start(*arguments, **how)
        server.initialize(**(hello or {}))
        return server
