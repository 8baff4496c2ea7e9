import { InvalidInputError } from '@showrunner/contracts';
import type { Template } from '@showrunner/contracts';
import type { ProjectFile } from '@showrunner/generated-app';
import { readTemplateFiles, readTemplates } from './template-folder';

/** Apps to begin with, which need no model. They are part of the product: read once. */
export class TemplatesService {
  private templates: Promise<Template[]> | undefined;

  /** @param folder with a folder for each template */
  constructor(private readonly folder: string) {}

  list(): Promise<Template[]> {
    this.templates ??= readTemplates(this.folder);
    return this.templates;
  }

  /** @throws {InvalidInputError} `template_not_found` */
  async open(name: string): Promise<{ template: Template; files: ProjectFile[] }> {
    const all = await this.list();
    const template = all.find((one) => one.name === name);
    if (template === undefined) {
      throw new InvalidInputError('template_not_found', `There is no template "${name}".`, {
        status: 422,
        remedy: `Choose one of: ${all.map((one) => one.name).join(', ')}.`,
      });
    }
    return { template, files: await readTemplateFiles(this.folder, name) };
  }
}
