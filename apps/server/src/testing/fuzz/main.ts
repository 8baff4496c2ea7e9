import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runFuzz } from './run-fuzz';

/** `npm run fuzz -- [--requests 10000] [--uploads 2000] [--seed 7] [--home <data folder>]`: against the platform of a data folder. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const given = (name: string, fallback: string): string => {
    const at = args.indexOf(`--${name}`);
    return at === -1 ? fallback : (args[at + 1] ?? fallback);
  };
  const home = path.resolve(given('home', path.join(root, '.showrunner')));
  const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(home, file), 'utf8')) as T;
  const components = (): [string, number][] =>
    read<{ components: { name: string; restarts: number }[] }>('platform.json').components.map(
      ({ name, restarts }) => [name, restarts],
    );
  const before = components();
  const { statuses, faults, silent } = await runFuzz({
    url: new URL(read<{ urls: { api: string } }>('platform.json').urls.api).origin,
    key: read<{ apiKey: string }>('secrets.json').apiKey,
    openApiFile: path.join(root, 'docs/openapi.json'),
    requests: Number(given('requests', '10000')),
    uploads: Number(given('uploads', '2000')),
    seed: Number(given('seed', '7')),
    onProgress: (done) => console.error(`${done} sent`),
  });
  console.log('answers', statuses);
  for (const line of faults.slice(0, 40)) console.log('fault', line);
  for (const line of silent.slice(0, 40)) console.log('silent', line);
  const exits = components().filter(([name, restarts]) =>
    before.some(([other, n]) => name === other && restarts > n),
  );
  console.log(
    `faults ${faults.length}, silent ${silent.length}, processes that ended: ${exits.map(([name]) => name).join(', ') || 'none'}`,
  );
  return faults.length + silent.length + exits.length === 0 ? 0 : 1;
}
