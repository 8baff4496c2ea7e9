import { describeConformance } from '@showrunner/sandbox/conformance';
import { e2bHarness } from './testing/e2b-harness';

describeConformance('e2b', e2bHarness());
