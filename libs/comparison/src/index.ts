export { changesOf, wordsOf } from './changes';
export { doesTheSame, planTheSame } from './match-features';
export { isRegressed, verdicts } from './verdicts';
export type { DrivenPlan, VerdictInput, Verdicts } from './verdicts';
export { noiseBetween, pictureDifference } from './picture-difference';
export type { Picture } from './picture-difference';
export { comparisonReport, headline } from './comparison-report';
export type { ReportLinks } from './comparison-report';
