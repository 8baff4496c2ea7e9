import { baseName, depthOf, hasFile, type FileListing } from './listing';

/** What the source is, when it is something that the local sandbox cannot run by itself. */
export interface Unsupported {
  code: 'dockerfile_unsupported' | 'compose_unsupported' | 'stack_unsupported';
  message: string;
  remedy: string;
}

const STACKS: readonly { file: RegExp; name: string }[] = [
  { file: /^go\.mod$/, name: 'Go' },
  { file: /^Cargo\.toml$/, name: 'Rust' },
  { file: /^(pom\.xml|build\.gradle(\.kts)?)$/, name: 'Java' },
  { file: /^composer\.json$/, name: 'PHP' },
  { file: /^Gemfile$/, name: 'Ruby' },
  { file: /^mix\.exs$/, name: 'Elixir' },
  { file: /\.(csproj|sln|fsproj)$/, name: '.NET' },
  { file: /^deno\.jsonc?$/, name: 'Deno' },
  { file: /^(hugo|config)\.toml$/, name: 'Hugo' },
  { file: /^Package\.swift$/, name: 'Swift' },
  { file: /^pubspec\.yaml$/, name: 'Flutter' },
];
const COMPOSE = /^(docker-)?compose\.ya?ml$/;

/** Names what a source needs when none of the detectors found an app in it. */
export function describeUnsupported(listing: FileListing): Unsupported | undefined {
  const rootFiles = listing.files.filter((file) => depthOf(file) === 0);
  const compose = rootFiles.find((file) => COMPOSE.test(file));
  const dockerfile = rootFiles.find((file) => /^(Dockerfile|Containerfile)$/.test(baseName(file)));
  if (dockerfile !== undefined) {
    const text = listing.read(dockerfile) ?? '';
    const start = commandOf(text);
    const port = /^EXPOSE\s+(\d+)/m.exec(text)?.[1];
    const flags = [
      start === undefined ? '--start "<command>"' : `--start ${JSON.stringify(start)}`,
      `--port ${port ?? '<port>'}`,
    ];
    return {
      code: 'dockerfile_unsupported',
      message: `Only a ${dockerfile} says how this app is built, and the local sandbox builds no container images.`,
      remedy: `Say how it starts without a container: ${flags.join(' ')}, and --install "<command>" if something has to be installed.`,
    };
  }
  if (compose !== undefined) {
    return {
      code: 'compose_unsupported',
      message: `${compose} starts several containers, which the local sandbox does not do.`,
      remedy:
        'Choose the folder of the web app with --subdir, or say how it starts alone with --start and --port.',
    };
  }
  const stack = STACKS.find((one) => rootFiles.some((file) => one.file.test(file)));
  return stack === undefined
    ? undefined
    : {
        code: 'stack_unsupported',
        message: `This looks like a ${stack.name} app; the local sandbox has Node and Python only.`,
        remedy:
          'Choose another folder with --subdir, or say how it is started with Node or Python: --start "<command>" --port <port>.',
      };
}

/** Files that name services which the sandbox does not start, as a note for the user. */
export function notesOnContainers(listing: FileListing): string[] {
  const compose = listing.files.find((file) => COMPOSE.test(file));
  return [
    ...(hasFile(listing, 'Dockerfile') ? ['The Dockerfile is not used.'] : []),
    ...(compose === undefined ? [] : [`${compose} names services that are not started.`]),
  ];
}

function commandOf(dockerfile: string): string | undefined {
  const line = /^(?:CMD|ENTRYPOINT)\s+(.+)$/gm;
  const last = [...dockerfile.matchAll(line)].at(-1)?.[1]?.trim();
  if (last === undefined) return undefined;
  try {
    const words: unknown = JSON.parse(last);
    return Array.isArray(words) ? words.map(String).join(' ') : last;
  } catch (error) {
    if (error instanceof SyntaxError) return last;
    throw error;
  }
}
