"""One learner of a class: what their browser sends to a JupyterHub, without the browser.

Logs in, waits for the server, opens lesson 00, runs its first code cell, and moves a weight of its
explorer by the messages that the page sends; see helpers/explorers/widgets/connection.js.
"""

import asyncio
import json
import time
from uuid import uuid4

import httpx
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

LESSON = "00_start_here.ipynb"
PROTOCOL = "v1.kernel.websocket.jupyter.org"
PATIENCE = 300  # seconds


class Kernel:
    """A kernel, and the messages to and from it."""

    def __init__(self, socket):
        self.socket = socket
        self.session = uuid4().hex

    def send(self, kind, content):
        """Send a message; return its id."""
        header = {
            "msg_id": uuid4().hex, "msg_type": kind, "session": self.session, "username": "",
            "date": "2026-01-01T00:00:00Z", "version": "5.3",
        }  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        data = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
        self.socket.write_message(data, binary=True)
        return header["msg_id"]

    async def messages(self):
        """Yield (type, id of the message it answers, content, buffers)."""
        while (data := await self.socket.read_message()) is not None:
            _, (header, parent, _, content, *buffers) = deserialize_msg_from_ws_v1(data)
            kind, parent = json.loads(header)["msg_type"], json.loads(parent).get("msg_id")
            yield kind, parent, json.loads(content), buffers

    async def run(self, code):
        """Run code; return what it opened as (id, state) of widgets, and its error or None."""
        asked = self.send("execute_request", {"code": code, "silent": False, "allow_stdin": False})
        opened, error = [], None
        async for kind, parent, content, _ in self.messages():
            if kind == "comm_open":
                opened.append((content["comm_id"], content["data"]["state"]))
            if parent == asked and kind == "error":
                error = content["ename"]
            if parent == asked and kind == "status" and content["execution_state"] == "idle":
                return opened, error
        raise ConnectionError("the kernel's socket was closed")


class Learner:
    """A learner of the hub at `address`."""

    def __init__(self, address, name, password):
        self.address, self.name, self.password = address, name, password
        self.web = httpx.AsyncClient(follow_redirects=True, timeout=PATIENCE)
        self.root = f"{address}/user/{name}"

    async def log_in(self):
        """Log in, and wait until the server runs."""
        login = f"{self.address}/hub/login"
        await self.web.get(login)
        form = {"username": self.name, "password": self.password, "_xsrf": self._xsrf(login)}
        (await self.web.post(f"{login}?next=/hub/spawn", data=form)).raise_for_status()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = await self.web.get(f"{self.root}/lab")
            if answer.is_success and str(answer.url).startswith(f"{self.root}/lab"):
                return
            await asyncio.sleep(0.5)
        raise TimeoutError(f"the server of {self.name} does not start")

    def _xsrf(self, url):
        """The cookie that a page at `url` sends back as a form field or a header."""
        cookies = self.web.build_request("GET", url).headers.get("cookie", "")
        pairs = dict(part.split("=", 1) for part in cookies.split("; ") if part)
        return pairs.get("_xsrf", "")

    async def kernel(self, path=LESSON):
        """Start a kernel for a notebook; return it connected."""
        token = self._xsrf(f"{self.root}/")
        about = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        answer = await self.web.post(
            f"{self.root}/api/sessions", json=about, headers={"X-XSRFToken": token}
        )
        number = answer.raise_for_status().json()["kernel"]["id"]
        url = f"{self.root}/api/kernels/{number}/channels?_xsrf={token}"
        cookies = self.web.build_request("GET", url).headers["cookie"]
        request = HTTPRequest(
            url.replace("http", "ws", 1), headers={"Cookie": cookies, "Origin": self.address}
        )
        return Kernel(await websocket_connect(request, subprotocols=[PROTOCOL]))

    async def open_lesson(self):
        """Run the first code cell of lesson 00; return its explorer, as a page has it."""
        answer = await self.web.get(f"{self.root}/api/contents/{LESSON}")
        cells = answer.raise_for_status().json()["content"]["cells"]
        code = next(cell["source"] for cell in cells if cell["cell_type"] == "code")
        kernel = await self.kernel()
        opened, error = await kernel.run(code)
        if error:
            raise SystemExit(f"lesson 00 does not run for {self.name}: {error}")
        explorer = Explorer(kernel, *next(each for each in opened if each[1].get("arrangement")))
        await explorer.greet()
        return explorer


class Explorer:
    """An explorer, moved by the messages of its page."""

    def __init__(self, kernel, comm, state):
        self.kernel, self.comm, self.sequence = kernel, comm, 0
        self.page = uuid4().hex
        self.weights = _first(state["arrangement"], "numbers")

    async def greet(self):
        """Show it, and ask for the state of all its elements."""
        self._send({"method": "update", "state": {"_view_count": 1}, "buffer_paths": []})
        await self._ask({"hello": self.page})

    async def move(self, number):
        """Set a weight; return the milliseconds until the pictures are there, and their bytes."""
        began = time.perf_counter()
        buffers = await self._ask({"events": [[self.weights, {"index": 0, "number": number}]]})
        return (time.perf_counter() - began) * 1000, sum(map(len, buffers))

    def _send(self, data):
        self.kernel.send("comm_msg", {"comm_id": self.comm, "data": data})

    async def _ask(self, content):
        """Send a message; return the buffers of the reply."""
        self.sequence += 1
        asked = [self.page, self.sequence]
        self._send({"method": "custom", "content": {**content, "sequence": asked}})
        async for kind, _, answer, buffers in self.kernel.messages():
            if kind == "comm_msg" and answer["data"].get("content", {}).get("reply_to") == asked:
                return buffers
        raise ConnectionError("the kernel's socket was closed")


def _first(tree, kind):
    """The name of the first element of a kind."""
    if tree.get("kind") == kind:
        return tree["element"]
    found = (_first(child, kind) for child in tree.get("children", ()))
    return next(filter(None, found), None)
