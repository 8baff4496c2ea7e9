import type { ComposeService } from './compose-services';

/** Names that decide which programs run and where they look: never taken from a compose file. */
const NOT_TAKEN =
  /^(PATH|HOME|SHELL|USER|PWD|LD_\w*|(?:HTTPS?|ALL|NO)_PROXY|PYTHONPATH|PYTHONHOME|VIRTUAL_ENV|NODE_PATH|SANDBOX_\w*)$/i;

/** A value in which addresses of containers (`http://api:3000`) lead to where those listen in the sandbox. */
export function atLoopback(value: string, services: readonly ComposeService[]): string {
  return value.replace(
    /(\/\/(?:[^\s/@]{0,120}@)?)([\w-]{1,63})(?::(\d{1,5}))?(?=[/?#\s,]|$)/g,
    (whole, head: string, host: string, port?: string) => {
      const service = services.find(({ name }) => name === host);
      if (service === undefined) return whole;
      const inner = Number(port);
      const own = service.inside === inner || port === undefined ? (service.port ?? service.inside) : inner;
      return `${head}127.0.0.1${own === undefined ? '' : `:${own}`}`;
    },
  );
}

/** The variables that a compose file gives a service, as they have to be in one sandbox with the others; what is empty or decides about programs is left out. */
export function environmentOf(
  service: ComposeService,
  services: readonly ComposeService[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment)
      .filter(([name, value]) => value !== '' && !NOT_TAKEN.test(name))
      .map(([name, value]) => [
        name,
        services.some((one) => one.name === value) && /HOST(NAME)?$/.test(name)
          ? '127.0.0.1'
          : atLoopback(value, services),
      ]),
  );
}
