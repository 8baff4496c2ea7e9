export { startOwnTestPostgres, startTestPostgres } from './postgres';
export type { OwnTestPostgres, TestPostgres } from './postgres';
