"""Runs git over SSH with the private key that comes by standard input.

Arguments: the text of ssh-peer.py, fingerprints of host keys parted by commas, and the command. Key and settings stand in files without a
name, which nobody finds in a folder and which are gone with this process, however it ends.
"""

import os
import subprocess
import sys


def hold(content: bytes) -> str:
    """The path of a file in memory, for this user alone."""
    held = os.memfd_create("ssh")
    # ssh refuses a key that others may read.
    os.fchmod(held, 0o600)
    os.write(held, content)
    return f"/proc/{os.getpid()}/fd/{held}"


peer, fingerprints, *command = sys.argv[1:]
helper = f"{sys.executable} -I {hold(peer.encode())}"
config = hold(
    f"""Host *
  BatchMode yes
  IdentityFile {hold(sys.stdin.buffer.read())}
  IdentitiesOnly yes
  IdentityAgent none
  PreferredAuthentications publickey
  StrictHostKeyChecking yes
  UserKnownHostsFile /dev/null
  GlobalKnownHostsFile /dev/null
  KnownHostsCommand {helper} known {fingerprints} %I %f %H %t %K
  CheckHostIP no
  UpdateHostKeys no
  VerifyHostKeyDNS no
  ProxyCommand {helper} connect %h %p
  ConnectTimeout 30
  ServerAliveInterval 15
  ServerAliveCountMax 2
  ForwardAgent no
  ForwardX11 no
  ClearAllForwardings yes
  PermitLocalCommand no
  ControlMaster no
  ControlPath none
  RequestTTY no
""".encode()
)
os.environ["GIT_SSH_COMMAND"] = f"ssh -F {config}"
os.environ["GIT_SSH_VARIANT"] = "ssh"
sys.exit(subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode)
