export { checkFilm } from './check-film';
export type { CheckInput } from './check-film';
export type { Expected } from './file-checks';
