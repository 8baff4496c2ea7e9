"""What ssh asks while it reaches the host of a repository.

`known <fingerprints> <reason> <fingerprint> <host> <type> <key>`: prints the line of known_hosts of a key whose fingerprint is expected, and
says on standard error which key was shown. `connect <host> <port>`: standard input and output become a connection, through the proxy of the
environment where there is one.
"""

import base64
import os
import select
import socket
import sys
from urllib.parse import unquote, urlsplit


def known(fingerprints: str, reason: str, shown: str, host: str, kind: str, key: str) -> None:
    if reason != "HOSTNAME":
        return
    print(f"showrunner: host key {shown} {kind}", file=sys.stderr)
    if shown in fingerprints.split(","):
        print(f"{host} {kind} {key}")


def reach(host: str, port: str) -> socket.socket:
    named = os.environ.get("https_proxy") or os.environ.get("HTTPS_PROXY")
    if not named:
        return socket.create_connection((host, int(port)), 30)
    proxy = urlsplit(named)
    way = socket.create_connection((proxy.hostname or "", proxy.port or 80), 30)
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    head = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n"
    if proxy.username is not None:
        pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        head += f"Proxy-Authorization: Basic {base64.b64encode(pair.encode()).decode()}\r\n"
    way.sendall(f"{head}\r\n".encode())
    answer = b""
    # Byte by byte: what follows the head is the peer's.
    while not answer.endswith(b"\r\n\r\n") and len(answer) < 8192:
        part = way.recv(1)
        if not part:
            break
        answer += part
    status = answer.split(b"\r\n", 1)[0].decode("latin1")
    if " 200" not in status:
        sys.exit(f"showrunner: {target} is not reached: {status or 'the proxy closed the connection'}")
    return way


def connect(host: str, port: str) -> None:
    try:
        way = reach(host, port)
    except OSError as error:
        sys.exit(f"showrunner: {host}:{port} is not reached: {error}")
    way.settimeout(None)
    inputs = [0, way]
    while way in inputs:
        ready, _, _ = select.select(inputs, [], [])
        if 0 in ready:
            part = os.read(0, 65536)
            if part:
                way.sendall(part)
            else:
                inputs.remove(0)
                way.shutdown(socket.SHUT_WR)
        if way in ready:
            part = way.recv(65536)
            if not part:
                return
            while part:
                part = part[os.write(1, part) :]


{"known": known, "connect": connect}[sys.argv[1]](*sys.argv[2:])
