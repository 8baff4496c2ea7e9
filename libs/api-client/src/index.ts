export * from './api-client';
export * from './answer-of';
export type { components, paths } from './generated/schema';
