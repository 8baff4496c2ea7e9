/**
 * The body of an answer. That there is one is known: an `ApiClient` throws where the answer is a problem.
 * @param asked what `GET`, `POST` and their like give
 * @throws AppError the problem, or `gateway_unreachable`
 */
export async function answerOf<Body>(asked: Promise<{ data?: Body; response: Response }>): Promise<Body> {
  return (await asked).data as Body;
}
