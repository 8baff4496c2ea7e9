import { because, type Draft, type Runtimes } from '../draft';
import { hasFile, type FileListing } from '../listing';
import { detectNode } from '../node/detect-node';
import { readPackageJson } from '../node/package-json';

/** Tools that make scripts and styles; a page of their own is an index.html. */
const BUNDLERS = new Set(['vite', 'webpack', 'parcel', 'node']);
const PAGES = ['index.html', 'public/index.html', 'src/index.html'];

/** Whether a Node app only makes scripts and styles for the pages of a server in the same folder. */
export const makesAssetsOnly = (listing: FileListing, node: Draft): boolean =>
  BUNDLERS.has(node.framework) && !PAGES.some((page) => hasFile(listing, page));

/** A server whose pages load what a bundler of its package.json makes: that is installed and built before it starts. */
export function withAssets(server: Draft, listing: FileListing, runtimes: Runtimes): Draft {
  const onDebian = server.system !== undefined;
  const { draft } = detectNode(listing, onDebian ? { ...runtimes, onDebian } : runtimes);
  const build = ['build', 'production', 'prod'].find((name) =>
    Object.hasOwn(readPackageJson(listing)?.scripts ?? {}, name),
  );
  if (draft === undefined || draft.refusal !== undefined || build === undefined) return server;
  const { packageManager, install, env, toolchain } = draft;
  return {
    ...server,
    processes: [
      {
        ...{ name: 'assets', dir: '', packageManager, install, setup: [`npm run ${build}`] },
        ...{ start: null, port: null, env, ...(toolchain === undefined ? {} : { toolchain }) },
      },
    ],
    installHosts: [...new Set([...server.installHosts, ...draft.installHosts])],
    reasons: [
      ...server.reasons,
      because('setup', `Its pages load what ${draft.framework} makes, so the script "${build}" runs first.`),
    ],
  };
}
