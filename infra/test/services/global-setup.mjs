import { startSharedServices } from './shared-services.mjs';

/** Jest calls this before the first test file of a run; see `sharedService` in @showrunner/contracts/testing for who asks. */
export default async function globalSetup() {
  const services = await startSharedServices();
  process.env.SHOWRUNNER_TEST_SERVICES = services.url;
  Object.assign(globalThis, { showrunnerTestServices: services });
}
