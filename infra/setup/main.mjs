import { setUpForPeople } from './run.mjs';

process.exitCode = (await setUpForPeople()) ? 0 : 1;
