/** A package of the index, with extras, versions and a marker. */
const REQUIREMENT = /^[A-Za-z0-9][\w.-]* ?(?:\[[\w,. -]*\])? ?(?:[=<>!~][=<>!~\w.*+, -]*)?(?:;[^@/\\]*)?$/;
const MAX_LINE = 1000;
const ARCHIVE = /\.(?:zip|whl|tar|gz|bz2|xz|tgz|egg)\b/i;
const INCLUDED = /^(?:-r|--requirement)[ =]\s*(?:\.\/)?([\w./-]+)$/;

/**
 * Why a requirements file makes the install depend on more of the project than the inputs; null when it does not. Pure.
 * @param isInput whether a path, from the file's own folder, is one of the inputs that were read
 */
export function requirementsNeed(text: string, isInput: (path: string) => boolean): string | null {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/);
  for (const line of lines) {
    const words = line.split(/\s/).filter((word) => word !== '' && !/^--hash=[\w:]+$/.test(word));
    const comment = words.findIndex((word) => word.startsWith('#'));
    const plain = words.slice(0, comment < 0 ? undefined : comment).join(' ');
    if (plain === '') continue;
    if (plain.length > MAX_LINE) return 'a line is too long';
    const included = INCLUDED.exec(plain)?.[1];
    if (included !== undefined ? isInput(included) : REQUIREMENT.test(plain) && !ARCHIVE.test(plain))
      continue;
    return `"${plain.slice(0, 60)}" is no plain package of the index`;
  }
  return null;
}
