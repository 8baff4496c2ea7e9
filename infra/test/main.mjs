import { setUpForPeople } from '../setup/run.mjs';
import { addTotals, runTier, tiers, totalsLine } from './tiers.mjs';

/*
 * npm test                     set-up, then every tier
 * npm test -- unit             one tier or several
 * npm test -- unit libs/media  further arguments go to jest
 */
const args = process.argv.slice(2);
const chosen = tiers.filter((tier) => args.includes(tier));
const rest = args.filter((arg) => !(/** @type {readonly string[]} */ (tiers).includes(arg)));

/** @type {import('./tiers.mjs').Totals[]} */
const parts = [];
if (await setUpForPeople({ forTests: true })) {
  for (const tier of chosen.length > 0 ? chosen : tiers) {
    console.log(`\n${tier} tests`);
    parts.push(await runTier(tier, rest));
  }
} else {
  parts.push({ passed: 0, failed: 1, skipped: 0 });
}
const totals = addTotals(parts);
process.exitCode = totals.failed > 0 ? 1 : 0;
console.log(`\n${totalsLine(totals)}`);
