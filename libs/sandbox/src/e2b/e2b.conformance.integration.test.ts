import { describeConformance } from '../../conformance/describe-conformance';
import { e2bHarness } from './testing/e2b-harness';

describeConformance('e2b', e2bHarness());
