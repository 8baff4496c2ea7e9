/** What every command finds in its environment, whatever the provider; nothing of the platform's or the host's environment goes in. PATH depends on the image. */
export const BASE_ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: '/home/app',
  USER: 'app',
  LOGNAME: 'app',
  SHELL: '/bin/sh',
  LANG: 'C.UTF-8',
  TMPDIR: '/tmp',
};
