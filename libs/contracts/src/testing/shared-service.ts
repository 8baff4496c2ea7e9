/** Where the services answer that the tests of one run share, as infra/test/services/global-setup.mjs leaves it. */
const VARIABLE = 'SHOWRUNNER_TEST_SERVICES';

/**
 * What the named service gives to a test file that asks.
 * @param wanted what the service is to know, the same for everybody who asks
 */
export async function sharedService<T>(name: string, wanted: unknown = {}): Promise<T> {
  const url = process.env[VARIABLE];
  if (url === undefined)
    throw new Error(`${VARIABLE} is not set: only integration tests have shared services.`);
  const response = await fetch(`${url}/${name}`, {
    method: 'POST',
    // A kept connection may be closed by the other side at the moment in which it is used again.
    headers: { connection: 'close' },
    body: JSON.stringify(wanted),
  });
  if (!response.ok) throw new Error(`The shared service ${name} cannot be had: ${await response.text()}`);
  return (await response.json()) as T;
}
