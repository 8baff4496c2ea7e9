import type { ServiceDefinition } from '@showrunner/service';
import { isRunEventsPath, RunSockets } from './events/run-sockets';
import { isLivePath, LiveViews } from './live/live-views';

type Upgrade = NonNullable<ServiceDefinition['upgrade']>;

/** Takes the WebSockets that the gateway answers itself, live views and events of runs; all others are for `rest`. */
export const ownUpgradesFirst =
  (rest: Upgrade | undefined): Upgrade =>
  (get) => {
    const [live, events, others] = [get(LiveViews), get(RunSockets), rest?.(get)];
    return (request, socket, head) => {
      if (isRunEventsPath(request.url)) return events.upgrade(request, socket, head);
      return isLivePath(request.url) || others === undefined
        ? live.upgrade(request, socket, head)
        : others(request, socket, head);
    };
  };
