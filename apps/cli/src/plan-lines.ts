import type { BuildPlan } from '@showrunner/contracts';

/** Whole, since a command that is cut off misleads; what steers a terminal is left out. */
const printable = (text: string): string => text.replace(/\p{C}+/gu, ' ');

/** A plan as text: what would be done, then why, one reason a line. */
export function planLines(plan: BuildPlan): string[] {
  const facts: [string, string | undefined][] = [
    ['app', `${plan.framework}${plan.frameworkVersion === null ? '' : ` ${plan.frameworkVersion}`}`],
    ['folder', plan.dir === '' ? undefined : plan.dir],
    ['image', plan.container?.dockerfile],
    ['packages', plan.packageManager === 'none' ? undefined : plan.packageManager],
    ['install', plan.install ?? 'nothing'],
    ...plan.setup.map((command): [string, string] => ['set up', command]),
    ['start', plan.start === '' ? 'as its image says' : plan.start],
    ['port', plan.port === null ? undefined : String(plan.port)],
    ['others', plan.others.length === 0 ? undefined : plan.others.join(', ')],
  ];
  const width = Math.max(...plan.reasons.map(({ what }) => what.length), 8);
  return [
    ...facts.flatMap(([name, value]) =>
      value === undefined ? [] : [`${name.padEnd(width)}  ${printable(value)}`],
    ),
    '',
    'Because:',
    ...plan.reasons.map(({ what, because }) => `${what.padEnd(width)}  ${printable(because)}`),
  ];
}
