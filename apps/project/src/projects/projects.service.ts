import type { IncomingMessage } from 'node:http';
import { Inject } from '@nestjs/common';
import { CreateArchiveProjectSchema, newProjectId } from '@showrunner/contracts';
import type {
  CreateProject,
  CreatePromptProject,
  CreateTemplateProject,
  Project,
  ProjectWithPreview,
  SandboxProviderName,
  Source,
} from '@showrunner/contracts';
import type { Page, PageRequest, TenantDatabases } from '@showrunner/database';
import { DATABASE, OBJECT_STORE, parseInput } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import { checkBranch, parseGitUrl } from '@showrunner/source';
import { accessFor } from './source-access';
import { sourceOfPage } from './source-of-page';
import type { ObjectStore } from '@showrunner/storage';
import { GenerationsService } from '../generations/generations.service';
import { TemplatesService } from '../templates/templates.service';
import { ArchiveUploads } from '../uploads/archive-uploads';
import { checkSubdirText, nameOfArchive, nameOfPrompt, nameOfRepository } from './source-names';
import { WrittenArchives } from './written-archives';

export const PROJECT_OPTIONS = Symbol('PROJECT_OPTIONS');
export interface ProjectOptions {
  /** `host:port` of Git servers that may have a private address. */
  privateHosts: readonly string[];
  /** Where apps that models write are run. */
  defaultProvider: SandboxProviderName;
  /** Folder with a folder for each template. */
  templates: string;
}

export class ProjectsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Deletions) private readonly deletions: Deletions,
    @Inject(ArchiveUploads) private readonly uploads: ArchiveUploads,
    @Inject(TemplatesService) private readonly templates: TemplatesService,
    @Inject(GenerationsService) private readonly generations: GenerationsService,
    @Inject(WrittenArchives) private readonly written: WrittenArchives,
    @Inject(PROJECT_OPTIONS) private readonly options: ProjectOptions,
  ) {}

  /** @throws {InvalidInputError} what is wrong with the source, before anything is stored */
  async createFromGit(tenantId: string, { name, source, subdir }: CreateProject): Promise<Project> {
    const { token, sshKey, ...given } = source;
    const git = { ...given, ...sourceOfPage(given) };
    const { url, isSsh, isPrivate } = parseGitUrl(git.url, this.options.privateHosts, sshKey !== undefined);
    const hasHostKeys = git.hostKeys !== undefined;
    const access = accessFor({ url, isSsh, isPrivate, hasHostKeys }, { token, sshKey });
    if (git.branch !== undefined) checkBranch(git.branch);
    const folder = subdir ?? git.subdir;
    if (folder !== undefined) checkSubdirText(folder);
    const checked: Source = { ...git, url, ...(folder === undefined ? {} : { subdir: folder }) };
    return this.insert(tenantId, newProjectId(), name ?? nameOfRepository(url), checked, access);
  }

  /**
   * Reads a multipart body: field `project` and file `archive`. The archive goes to the object store as it arrives.
   * @throws {InvalidInputError} what is wrong with the upload; nothing of it is kept then
   */
  async createFromArchive(tenantId: string, request: IncomingMessage): Promise<Project> {
    const id = newProjectId();
    const { archive, project } = await this.uploads.receive(request, id);
    try {
      const { name, subdir } = parseInput(CreateArchiveProjectSchema, project);
      if (subdir !== undefined) checkSubdirText(subdir);
      const source: Source = { kind: 'archive', ...archive, ...(subdir === undefined ? {} : { subdir }) };
      return await this.insert(tenantId, id, name ?? nameOfArchive(archive.fileName), source);
    } catch (error) {
      await this.store.delete(archive.storageKey);
      throw error;
    }
  }

  /** @throws {InvalidInputError} `template_not_found` */
  async createFromTemplate(
    tenantId: string,
    { name, template: wanted }: CreateTemplateProject,
  ): Promise<Project> {
    const { template, files } = await this.templates.open(wanted);
    const id = newProjectId();
    const source = await this.written.keep(id, template.name, files);
    return this.insert(tenantId, id, name ?? template.title, source);
  }

  /**
   * Starts the workflow `generateApp`. With `wait` the answer comes once the app runs, or after 100 s as it is then.
   * @throws {AppError} `temporal_unavailable` (503); with `wait` why the app could not be made (422), with the id of the project
   */
  async createFromPrompt(
    tenantId: string,
    { name, prompt, kind, wait }: CreatePromptProject,
  ): Promise<ProjectWithPreview> {
    const id = newProjectId();
    const title = name ?? nameOfPrompt(prompt);
    const source: Source = { kind: 'prompt', prompt, app: kind };
    await this.insert(tenantId, id, title, source);
    await this.database.forTenant(tenantId).generations.create({ projectId: id, prompt, kind });
    await this.generations.start(tenantId, { id, name: title });
    if (wait) await this.generations.untilEnded(tenantId, id);
    return this.get(tenantId, id);
  }

  list(tenantId: string, page: PageRequest): Promise<Page<Project>> {
    return this.database.forTenant(tenantId).projects.list(page);
  }

  /** @throws {NotFoundError} */
  async get(tenantId: string, id: string): Promise<ProjectWithPreview> {
    const { previews, projects } = this.database.forTenant(tenantId);
    const project = await projects.get(id);
    const preview = await previews.findOfProject(id);
    const generation = await this.generations.find(tenantId, id);
    return { ...project, project_id: id, preview_url: preview?.url ?? null, generation };
  }

  /**
   * Deletes a project with its upload, builds, runs, plans and films; sandboxes that are left of it are destroyed. Gone for everybody from now
   * on; files follow at once, or as soon as their store answers.
   * @throws {NotFoundError} @throws {AppError} `project_in_use` (409) while a run, build or export of it goes on
   */
  async delete(tenantId: string, id: string): Promise<void> {
    const owned = this.database.forTenant(tenantId);
    await this.deletions.begin(await owned.transaction((tx) => tx.deletions.deleteProject(id)));
  }

  private insert(
    tenantId: string,
    id: string,
    name: string,
    source: Source,
    sourceToken?: string,
  ): Promise<Project> {
    return this.database.forTenant(tenantId).transaction(async (tx) => {
      const project = await tx.projects.create({ id, name: name.slice(0, 200), source, sourceToken });
      await tx.outbox.append({
        type: 'PROJECT_CREATED',
        projectId: id,
        runId: null,
        data: { name, kind: source.kind },
      });
      return project;
    });
  }
}
