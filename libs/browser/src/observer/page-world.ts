import { AppError, SessionLostError } from '@showrunner/contracts';
import { MESSAGE_FUNCTIONS } from './collect-messages';
import { PAGE_FUNCTIONS } from './collect-page';
import { PAGE_SEMANTICS } from './page-semantics';
import { WATCH_FUNCTIONS } from './watch-changes';

const WORLD = 'showrunner';
/** Bundlers that keep function names wrap inner functions in `__name`. */
const PROGRAM = `globalThis.showrunner ??= (() => { const __name = (value) => value; ${[...PAGE_SEMANTICS, ...PAGE_FUNCTIONS, ...MESSAGE_FUNCTIONS, ...WATCH_FUNCTIONS].map(String).join('\n')}
watchChanges();
return { collectPage, locateInPage, findObstacles, isMoving, collectMessages, placesOf, storesText, settle, attend, leftAloneMs }; })();`;
const TRIES = 20;
const TRY_AGAIN_MS = 25;

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
        const { result, exceptionDetails } = await this.send<EvaluateResult<T>>('Runtime.evaluate', {
          expression,
          contextId: await this.context,
          returnByValue: true,
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

  private async create(): Promise<number> {
    const { executionContextId } = await this.send<{ executionContextId: number }>(
      'Page.createIsolatedWorld',
      {
        frameId: this.mainFrame(),
        worldName: WORLD,
        grantUniveralAccess: false,
      },
    );
    await this.send('Runtime.evaluate', { expression: PROGRAM, contextId: executionContextId });
    return executionContextId;
  }
}
