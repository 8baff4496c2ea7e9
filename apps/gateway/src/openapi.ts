import { describeService } from '@showrunner/openapi/document';
import { HealthModule } from '@showrunner/service';
import { AccountsModule } from './accounts/accounts.module';
import { AuditModule } from './audit/audit.module';
import { SessionModule } from './auth/session.module';
import { EventsModule } from './events/events.module';
import { LiveModule } from './live/live.module';
import { liveStream } from './live/live-views';
import { OpenApiModule } from './openapi/openapi.module';

/** Its part of docs/openapi.json; `npm run openapi` bundles and reads this. */
export const described = describeService({
  service: 'gateway',
  modules: [
    HealthModule,
    OpenApiModule,
    SessionModule,
    AccountsModule,
    AuditModule,
    EventsModule,
    LiveModule,
  ],
  streams: [liveStream],
});
