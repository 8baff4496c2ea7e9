import { AppError, ToldProblemSchema, toldCode } from '@showrunner/contracts';

/** An answer that is no success, as the error that the server told; `unexpected_answer` where it is not one of ours. */
export async function problemError(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  const problem = ToldProblemSchema.safeParse(body);
  if (!problem.success)
    return new AppError('unexpected_answer', `The platform answered ${response.status}.`, {
      status: response.status,
    });
  const { code, detail, status, remedy, errors } = problem.data;
  const places = errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new AppError(toldCode(code), places ? `${detail} ${places}` : detail, { status, remedy });
}
