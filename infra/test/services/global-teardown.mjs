/** Jest calls this after the last test file: what the run started ends with it. */
export default async function globalTeardown() {
  const { showrunnerTestServices: services } =
    /** @type {{ showrunnerTestServices?: import('./shared-services.mjs').SharedServices }} */ (globalThis);
  delete process.env.SHOWRUNNER_TEST_SERVICES;
  await services?.stop();
}
