import { describeConformance } from '../../conformance/describe-conformance';
import { daytonaHarness } from './testing/daytona-harness';

describeConformance('daytona', daytonaHarness());
