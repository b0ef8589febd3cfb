"""What a class needs of JupyterHub: a folder, an account and a memory limit for each learner."""

import os
import resource
import stat
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner
from memory import end_largest_beyond

from helpers.__main__ import copy_lessons

FIRST_ACCOUNT = 70_000  # those of the system are below
IS_ROOT = os.geteuid() == 0


class LearnerSpawner(SimpleLocalProcessSpawner):
    """Starts a learner's server in their own folder, with copies of the lessons, within `mem_limit`.

    The limit holds twice. Each process gets it when it starts: an allocation beyond it fails, and the
    cell ends with a MemoryError. And whenever the hub looks whether the server still runs, all its
    processes are added up; if they have more, the largest kernel ends.

    If root started the hub, each learner's processes run under an account number of their own, which
    owns nothing but the learner's folder. Otherwise all run under the account of the hub.
    """

    @property
    def folder(self) -> Path:
        """The learner's folder; its owner is the learner's account."""
        return Path(self.home_dir)

    async def start(self):
        """Make the learner's folder if there is none; start the server."""
        if not self.folder.exists():
            account = next_account(self.folder.parent)
            self.folder.mkdir(mode=0o700)
            if IS_ROOT:
                os.chown(self.folder, account, account)
        return await super().start()

    def make_preexec_fn(self, name):
        """Return what a new process does before it becomes the server."""
        folder, account, limit = self.folder, self.folder.stat().st_uid, self.mem_limit

        def become_the_learner():
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            if IS_ROOT:
                os.setgroups([])
                os.setgid(account)
                os.setuid(account)
            copy_lessons(folder)  # by the learner: root would follow links that lie in the folder
            os.chdir(folder)

        return become_the_learner

    async def poll(self):
        """Return None while the server runs, and hold it to its limit."""
        status = await super().poll()
        if status is None:
            end_largest_beyond(self.mem_limit, self.pid, self.log)
        return status


def next_account(learners: Path) -> int:
    """Return an account number that owns none of the learners' folders."""
    owners = [folder.stat().st_uid for folder in learners.iterdir()]
    return max([FIRST_ACCOUNT, *owners]) + 1


def closed_folder(*paths: Path) -> Path | None:
    """Return a folder on the way to one of the paths that other accounts may not enter, if any."""
    for path in paths:
        for folder in path.resolve().parents:
            if not folder.stat().st_mode & stat.S_IXOTH:
                return folder
    return None
