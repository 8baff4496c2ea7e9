import { AppError, type DebianSystem } from '@showrunner/contracts';

/** Why a system could not be put together, by what mmdebstrap said. */
export function notMade({ suite, packages }: DebianSystem, said: string): AppError {
  const errors = said
    .split('\n')
    .filter((line) => /^[EW]: /.test(line))
    .slice(-4)
    .join(' ');
  const isNetwork = /Failed to fetch|Could not resolve|Temporary failure|Unable to connect|timed? ?out/i.test(
    said,
  );
  const isOld = /Release file .{0,200} (?:is expired|is not valid yet)/.test(said);
  return new AppError(
    'system_not_made',
    `Debian ${suite} with ${packages.slice(0, 8).join(', ')} could not be put together: ${errors === '' ? said.trim().slice(-300) : errors}`,
    {
      status: 503,
      retryable: isNetwork,
      remedy: isOld
        ? 'The mirror has not renewed this suite for long, or the clock of this machine is wrong: name another mirror with DEBIAN_MIRROR_URL, or choose a version that a stable suite has with --runtime.'
        : isNetwork
          ? 'Let the platform reach DEBIAN_MIRROR_URL, or choose what the sandbox has with --runtime.'
          : 'Install mmdebstrap and debian-archive-keyring, or choose what the sandbox has with --runtime.',
    },
  );
}
