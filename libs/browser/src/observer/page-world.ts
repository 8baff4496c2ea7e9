import { AppError, SessionLostError } from '@showrunner/contracts';
import { collectMessages, MESSAGE_FUNCTIONS, placesOf, storesText } from './collect-messages';
import { collectPage, PAGE_FUNCTIONS } from './collect-page';
import { withDeadline } from '../steps/with-deadline';
import { findObstacles } from '../obstacles/find-obstacles';
import { locateInPage } from './locate-in-page';
import { pageProgram } from './page-program';
import { markSecret } from '../secrets/cover-secrets';
import { isMoving, PAGE_SEMANTICS } from './page-semantics';
import { putBack, STORAGE_FUNCTIONS, storageOf } from './storage';
import {
  attend,
  forwardAnimations,
  leftAloneMs,
  livesByTimers,
  settle,
  WATCH_FUNCTIONS,
  watchChanges,
  whenChanged,
  whenQuiet,
} from './watch-changes';

/** The world of all our programs in a page, which the page can neither see nor change. */
export const WORLD = 'showrunner';
const PROGRAM = pageProgram(
  [
    ...PAGE_SEMANTICS,
    ...PAGE_FUNCTIONS,
    ...MESSAGE_FUNCTIONS,
    ...WATCH_FUNCTIONS,
    ...STORAGE_FUNCTIONS,
    markSecret,
  ],
  {
    ...{ collectPage, locateInPage, findObstacles, isMoving, collectMessages, placesOf, storesText },
    ...{ settle, attend, leftAloneMs, whenQuiet, whenChanged, livesByTimers, forwardAnimations },
    ...{ storageOf, putBack, markSecret },
  },
  watchChanges,
);
const TRIES = 20;
const TRY_AGAIN_MS = 25;
/** A page that is asked answers within this time, or never: its own limit (10 s) ends what runs too long in it. */
const ANSWER_MS = 15_000;

interface EvaluateResult<T> {
  result: { value: T };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** Where our functions run in the page: a world of their own, which the page can neither see nor change, made anew in each document. */
export class PageWorld {
  private context: Promise<number> | undefined;

  constructor(
    private readonly send: <T>(method: string, params: object) => Promise<T>,
    private readonly mainFrame: () => string,
    private readonly hasCrashed: () => boolean,
    private readonly answerMs = ANSWER_MS,
  ) {}

  /** The document it was made in is gone. */
  leave(): void {
    this.context = undefined;
  }

  /**
   * Evaluates an expression; a navigation that takes the world away is met with a new one.
   * @throws SessionLostError when the page is gone, AppError `page_unreadable`
   */
  async run<T>(expression: string): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      if (this.hasCrashed())
        throw new SessionLostError('The page crashed.', { remedy: 'The film goes on in a new session.' });
      try {
        this.context ??= this.create();
        const { result, exceptionDetails } = await this.ask<EvaluateResult<T>>('Runtime.evaluate', {
          expression,
          contextId: await this.context,
          returnByValue: true,
          awaitPromise: true,
          timeout: 10_000,
        });
        if (exceptionDetails === undefined) return result.value;
        throw new AppError(
          'page_unreadable',
          `The page could not be read: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`,
          { retryable: true },
        );
      } catch (error) {
        if (error instanceof SessionLostError || attempt >= TRIES) throw error;
        this.context = undefined;
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    }
  }

  /** @throws SessionLostError when the page does not answer in time: a tab can stop answering around native dialogs */
  private ask<T = unknown>(method: string, params: object): Promise<T> {
    const late = (): SessionLostError =>
      new SessionLostError(`The page did not answer within ${Math.round(this.answerMs / 1000)} s.`, {
        remedy: 'The film goes on in a new session.',
      });
    return withDeadline(this.send<T>(method, params), this.answerMs, late);
  }

  private async create(): Promise<number> {
    const { executionContextId } = await this.ask<{ executionContextId: number }>(
      'Page.createIsolatedWorld',
      {
        frameId: this.mainFrame(),
        worldName: WORLD,
        grantUniveralAccess: false,
      },
    );
    await this.ask('Runtime.evaluate', { expression: PROGRAM, contextId: executionContextId });
    return executionContextId;
  }
}
