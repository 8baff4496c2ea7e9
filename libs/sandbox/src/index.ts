export type * from './sandbox.types';
