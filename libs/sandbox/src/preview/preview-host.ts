/**
 * The sandbox a preview's host name stands for.
 * @param host Host header, e.g. `s1.preview.localhost:4401`
 * @param domain e.g. `preview.localhost`
 * @returns `s1`; undefined when the name is not one label below the domain. Host names know no case: ids must be lower case.
 */
export function sandboxIdOfHost(host: string, domain = 'preview.localhost'): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  if (!name.endsWith(`.${domain}`)) return undefined;
  const label = name.slice(0, -domain.length - 1);
  return /^[a-z0-9_-]+$/.test(label) ? label : undefined;
}
