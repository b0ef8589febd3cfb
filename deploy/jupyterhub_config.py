"""The course for a class, on one machine: a server for each learner, a password for all.

    pip install -r deploy/requirements.txt
    npm install --global configurable-http-proxy
    jupyterhub -f deploy/jupyterhub_config.py

Linux. Everything is kept in ./class: the learners' folders, the password, the hub's own files. Only
this machine can open it, until `--url` names another address: see README.md beside this file.
"""

import compileall
import os
import secrets
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent
sys.path[:0] = [str(HERE), str(COURSE)]
from learners import IS_ROOT, LearnerSpawner, closed_folder  # noqa: E402

CLASS = Path.cwd() / "class"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def password() -> str:
    """Return the password of the class; the first start makes it."""
    file = CLASS / "password.txt"
    if not file.exists():
        groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
        with open(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as opened:
            opened.write("-".join(groups) + "\n")
    return file.read_text().strip()


if IS_ROOT and (closed := closed_folder(Path(sys.executable), HERE, CLASS)):
    raise SystemExit(
        f"{closed} is closed to learners. Put Python, the course and ./class elsewhere."
    )
compileall.compile_dir(COURSE / "helpers", quiet=2)  # learners could not: the course is not theirs
for folder in (CLASS, CLASS / "learners"):
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)  # learners may pass, not look
os.umask(0o077)

c = get_config()  # noqa: F821
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = f"sqlite:///{CLASS / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(CLASS / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(CLASS / "proxy.pid")

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = password()
c.Authenticator.allow_all = True  # who knows the password
c.Authenticator.username_pattern = r"[a-z][a-z0-9_-]{0,30}\Z"  # it names a folder

c.JupyterHub.spawner_class = LearnerSpawner
c.LearnerSpawner.home_dir_template = str(CLASS / "learners" / "{username}")
c.Spawner.default_url = "/lab/tree/00_start_here.ipynb"
c.Spawner.environment = {
    "PYTHONPATH": str(COURSE),  # the library and its pictures, for all
    "OPENBLAS_NUM_THREADS": "1",  # the cores are shared
    "JUPYTER_CONFIG_PATH": str(HERE / "jupyter"),  # JupyterLab asks nobody for its news
}
c.Spawner.mem_limit = "1.5G"  # a kernel takes 100 to 350 MB, a server 100
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # seconds: a class starts all at once
c.Spawner.poll_interval = 5  # seconds between two looks at the memory
c.Spawner.args = [  # what no page shows ends after a while
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--ServerApp.shutdown_no_activity_timeout=3600",
]
print(f"The class's password: {c.SharedPasswordAuthenticator.user_password}", flush=True)
if not IS_ROOT:
    print("All learners share this account, and can read each other's files. See deploy/README.md.")
