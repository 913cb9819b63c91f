"""Files of packages of Debian, which are downloaded for a run and are not kept."""

import glob
import os
import subprocess


def unpack(packages, directory):
    """Downloads packages into a directory; returns the directories of their files, in the order of their names."""
    for package in packages:
        if subprocess.run(["apt-get", "download", "-q", package], cwd=directory, capture_output=True).returncode != 0:
            print(f"{package}: not to be had")
    for archive in glob.glob(os.path.join(directory, "*.deb")):
        subprocess.run(["dpkg-deb", "-x", archive, archive + ".d"], check=True)
        os.remove(archive)
    return sorted(glob.glob(os.path.join(directory, "*.d")))
