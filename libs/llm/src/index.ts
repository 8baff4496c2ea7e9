export { openClient } from './open-client';
export { askModels } from './ask/ask-models';
export type { Answered, Patience } from './ask/ask-models';
export { askModel } from './ask/ask-model';
export type { AskOptions, Question } from './ask/ask-model';
export { memoryLedger, holdLimit } from './spend/spend-ledger';
export type { CallPurpose, SpendBound, SpendLedger, SpendLimit, Spent } from './spend/spend-ledger';
export { nameOf } from './model.types';
export type { ModelClient, ProviderName } from './model.types';
