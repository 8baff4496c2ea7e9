import { readlinkSync, writeFileSync } from 'node:fs';

const FIRST_PORT = '/proc/sys/net/ipv4/ip_unprivileged_port_start';

/**
 * Lets everybody inside listen on any port, as containers do: what is written for port 80 has no other. It is a setting of the network namespace
 * that this process lives in, so it is left alone where that is not the sandbox's own.
 */
export function openLowPorts(initPid: string): void {
  try {
    const [own, inside, host] = ['self', initPid, String(process.ppid)].map((pid) =>
      readlinkSync(`/proc/${pid}/ns/net`),
    );
    if (own === inside && own !== host) writeFileSync(FIRST_PORT, '0');
  } catch (error) {
    // Where a kernel or its security module keeps it as it is, such an app says itself that it may not.
    process.stderr.write(`ports below 1024 stay closed: ${String(error)}\n`);
  }
}
