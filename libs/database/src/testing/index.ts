export { startTestPostgres } from './postgres';
export type { TestPostgres } from './postgres';
