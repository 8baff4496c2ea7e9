import { stemsOf, wordsOf } from '../words';

/** What the user wants shown, part by part, in order. */
export interface IntentPart {
  text: string;
  stems: string[];
}
export interface ReadIntent {
  parts: IntentPart[];
  /** The user wants these and nothing more. */
  only: boolean;
}

const FILLER = new Set(
  stemsOf(
    'a an the and or of to in on for with by as how can you i we it its this that these those please show me us let see make do use using demo demonstrate video film record clip ' +
      'app application site website page product main feature features functionality everything all tour overview walkthrough short quick nice whole most important what does works work then next finally first ' +
      'after also just only user users someone their his her your my our is are be one some any new best key highlight highlights focus especially including include start begin end through about from into at',
  ),
);

/** Splits an intent at `then`, commas, full stops and `and`; words that name nothing are dropped, texts in quotation marks are not read as words. */
export function readIntent(intent: string): ReadIntent {
  const bare = intent
    .replace(/["“”«»][^"“”«»]*["“”«»]/g, ' ')
    .replace(/\bas\s+\S+\s*(?:,|and|with|\/)*\s*(?:the\s+)?pass\w*\s*(?:is|[:=])?\s*\S+/gi, ' ');
  const parts = bare
    .split(/\b(?:and )?then\b|[,;.!\n]|\band\b|\bplus\b|->|→/i)
    .map((text) => ({
      text: text.replace(/\s+/g, ' ').trim(),
      stems: stemsOf(text).filter((word) => !FILLER.has(word) && !/^\d+$/.test(word)),
    }))
    .filter((part) => part.stems.length > 0);
  return { parts, only: wordsOf(intent).some((word) => word === 'only' || word === 'just') };
}
