import { describeConformance } from '@showrunner/sandbox/conformance';
import { daytonaHarness } from './testing/daytona-harness';

describeConformance('daytona', daytonaHarness());
