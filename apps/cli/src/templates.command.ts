import { answerOf, type ApiClient } from '@showrunner/api-client';

/** `templates`: the apps of the gallery, which need no source and no model. */
export async function listTemplates(api: ApiClient, json: boolean): Promise<number> {
  const { data } = await answerOf(api.GET('/templates', {}));
  if (json) process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  else
    for (const { name, title, stack, description } of data)
      process.stdout.write(`${name.padEnd(10)} ${title} (${stack}): ${description}\n`);
  return 0;
}
