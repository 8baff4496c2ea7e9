import { describeService } from '@showrunner/openapi/document';
import { SandboxesModule } from './sandboxes/sandboxes.module';
import { ownSandboxStream, sandboxStream } from './streams/sandbox-streams';

/** Its part of docs/openapi.json; `npm run openapi` bundles and reads this. */
export const described = describeService({
  service: 'sandbox',
  modules: [SandboxesModule],
  streams: [ownSandboxStream, sandboxStream],
});
