import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Of a system's /etc: what is the sandbox's own, and what nobody needs to read. */
const OWN_ETC =
  /^(passwd|group|hosts|hostname|resolv\.conf|nsswitch\.conf|shadow|gshadow|shadow-|gshadow-|passwd-|group-|sudoers|sudoers\.d|ssh|apt|dpkg|\.pwd\.lock|machine-id|fstab|mtab)$/;

/**
 * Arguments of bubblewrap that give a sandbox the programs, libraries and settings of a Debian system, read-only.
 * @param system its folder, looked into now
 * @param bound where bubblewrap finds it
 */
export function systemBindsOf(system: string, bound: string): string[] {
  const args = ['--ro-bind', `${bound}/usr`, '/usr'];
  for (const name of ['bin', 'sbin', 'lib', 'lib64', 'lib32', 'libx32']) {
    const stat = lstatSync(join(system, name), { throwIfNoEntry: false });
    if (stat?.isSymbolicLink() === true) args.push('--symlink', readlinkSync(join(system, name)), `/${name}`);
    else if (stat !== undefined) args.push('--ro-bind', `${bound}/${name}`, `/${name}`);
  }
  for (const entry of readdirSync(join(system, 'etc'), { withFileTypes: true })) {
    if (OWN_ETC.test(entry.name)) continue;
    const inside = `/etc/${entry.name}`;
    if (entry.isSymbolicLink()) args.push('--symlink', readlinkSync(join(system, 'etc', entry.name)), inside);
    else args.push('--ro-bind', `${bound}${inside}`, inside);
  }
  return args;
}
