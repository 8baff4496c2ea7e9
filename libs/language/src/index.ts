export { LANGUAGES, merged } from './word-list';
export { WordMatcher } from './word-matcher';
export type { Language, WordList } from './word-list';
export { languageOf } from './language-of';
export { DELETES, DESTROYS, DOWNLOADS, PAYS, SENDS, SIGNS_OUT } from './harm';
export {
  ADDS,
  CALCULATES,
  CANCELS,
  CHANGES,
  EDITS,
  ENTERS_APP,
  REGISTERS,
  REVEALS,
  SEARCHES,
  SIGNS_IN,
  SUBMITS,
  THEMES,
} from './verbs';
export {
  ACCEPTS,
  ACKNOWLEDGES,
  CLOSES,
  DECLINES,
  GOES_ON,
  INTRUDES,
  KEEPS_CHOICE,
  MANAGES,
  SKIPS,
  SPEAKS_OF_CONSENT,
} from './banners';
export { ASKS_FOR_MESSAGE, ASKS_FOR_TASK, fieldKindOf } from './fields';
export { SAMPLES } from './samples';
export type { Samples } from './samples';
export { SAYS_LOADING } from './waiting';
