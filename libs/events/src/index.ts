export { EventBus } from './event-bus';
export type { EventBusOptions } from './event-bus';
export { startOutboxPublisher } from './outbox-publisher';
export type { OutboxPublisher, OutboxPublisherOptions } from './outbox-publisher';
