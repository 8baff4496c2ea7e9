/** Set-up cannot go on: what happened, and the one thing that mends it. */
export class SetupError extends Error {
  /**
   * @param {string} message what is wrong, naming the tool
   * @param {string} remedy what to do, with the exact command where there is one
   * @param {unknown} [cause]
   */
  constructor(message, remedy, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}
