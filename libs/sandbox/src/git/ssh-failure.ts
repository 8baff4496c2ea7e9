import { AppError, InvalidInputError } from '@showrunner/contracts';

/** As ssh-peer.py says which key the host has shown. */
const SHOWN = /^showrunner: host key (SHA256:\S+) (\S+)$/m;

/** What failed between ssh and the host, by the words of ssh; undefined when the failure is none of these. Pure. */
export function sshFailure(
  said: string,
  url: string,
  hostKeys: readonly string[],
  details: Record<string, unknown>,
): AppError | undefined {
  const [, shown = '', kind = ''] = SHOWN.exec(said) ?? [];
  if (shown !== '' && /Host key verification failed/i.test(said)) {
    return hostKeys.length === 0
      ? new InvalidInputError(
          'source_host_key_unknown',
          `Who answers for ${url} is not known: it shows the key ${shown} (${kind}).`,
          {
            remedy:
              'Compare it with what the host publishes; if it is the same, give it (source.hostKeys, film --host-key).',
            details,
          },
        )
      : new InvalidInputError(
          'source_host_key_changed',
          `Who answers for ${url} is not who is expected: it shows the key ${shown} (${kind}), and ${hostKeys.join(' or ')} is known.`,
          {
            remedy:
              'Ask who runs the host. Give another key (source.hostKeys, film --host-key) only when the host publishes it.',
            details,
          },
        );
  }
  if (/ssh: (?:command )?not found|cannot run ssh/i.test(said)) {
    return new AppError('source_ssh_missing', 'The sandbox has no ssh to fetch the repository with.', {
      remedy:
        'Give the https:// address with a token, or have the operator install openssh-client for sandboxes.',
      details,
    });
  }
  if (/^Load key .*(?:invalid format|error in libcrypto|incorrect passphrase|unsupported)/im.test(said)) {
    return new InvalidInputError(
      'source_ssh_key_invalid',
      'The SSH key cannot be used: ssh does not read it.',
      {
        remedy: 'Give a private key without passphrase as ssh-keygen writes it, best of the type ed25519.',
        details,
      },
    );
  }
  if (/Permission denied \(|Too many authentication failures/i.test(said)) {
    return new InvalidInputError('source_auth_required', `${url} does not open with this SSH key.`, {
      remedy:
        'Check the address, and that the public half of the key may read the repository (GitHub and GitLab: deploy key).',
      details,
    });
  }
  return undefined;
}
