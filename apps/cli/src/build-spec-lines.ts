import type { BuildSpec, Toolchain } from '@showrunner/contracts';

/** Whole, since a command that is cut off misleads; what steers a terminal is left out. */
const printable = (text: string): string => text.replace(/\p{C}+/gu, ' ');

const FROM = { sandbox: '', npm: ', from the npm registry', debian: ", from Debian's packages" } as const;
const toolchainLine = ({ name, version, from }: Toolchain): string => `${name} ${version}${FROM[from]}`;

/** A build spec as text: what would be done, then why, one reason a line. */
export function buildSpecLines(buildSpec: BuildSpec): string[] {
  const facts: [string, string | undefined][] = [
    [
      'app',
      `${buildSpec.framework}${buildSpec.frameworkVersion === null ? '' : ` ${buildSpec.frameworkVersion}`}`,
    ],
    ['folder', buildSpec.dir === '' ? undefined : buildSpec.dir],
    ['image', buildSpec.container?.dockerfile],
    ['runtime', buildSpec.toolchain === undefined ? undefined : toolchainLine(buildSpec.toolchain)],
    [
      'system',
      buildSpec.system === undefined
        ? undefined
        : `Debian ${buildSpec.system.suite} with ${buildSpec.system.packages.join(', ')}`,
    ],
    ...(buildSpec.services ?? []).map(({ kind, port, user, database }): [string, string] => [
      'beside it',
      `${kind} on port ${port}${database === '' ? '' : `, database ${database} of ${user}`}`,
    ]),
    ...(buildSpec.processes ?? []).map(({ name, dir, start, port }): [string, string] => [
      'part',
      `${name} in ${dir === '' ? '/' : dir}: ${start ?? 'installed only'}${port === null ? '' : `, port ${port}`}`,
    ]),
    ['packages', buildSpec.packageManager === 'none' ? undefined : buildSpec.packageManager],
    ['install', buildSpec.install ?? 'nothing'],
    ...buildSpec.setup.map((command): [string, string] => ['set up', command]),
    ['start', buildSpec.start === '' ? 'as its image says' : buildSpec.start],
    ['port', buildSpec.port === null ? undefined : String(buildSpec.port)],
    ['others', buildSpec.others.length === 0 ? undefined : buildSpec.others.join(', ')],
  ];
  const width = Math.max(...buildSpec.reasons.map(({ what }) => what.length), 8);
  return [
    ...facts.flatMap(([name, value]) =>
      value === undefined ? [] : [`${name.padEnd(width)}  ${printable(value)}`],
    ),
    '',
    'Because:',
    ...buildSpec.reasons.map(({ what, because }) => `${what.padEnd(width)}  ${printable(because)}`),
  ];
}
