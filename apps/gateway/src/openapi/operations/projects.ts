import {
  CreateArchiveProjectSchema,
  CreateProjectSchema,
  PageQuerySchema,
  pageOf,
  ProjectSchema,
  ProjectWithPreviewSchema,
} from '@showrunner/contracts';
import { z } from 'zod';
import type { Operation } from '../operation';

export function projectsOperations(): Operation[] {
  const tag = 'projects';
  const path = '/api/projects';
  const multipart = z.object({
    project: CreateArchiveProjectSchema.optional(),
    archive: z.string().meta({ format: 'binary', description: 'zip, tar or tar.gz of at most 100 MB' }),
  });
  return [
    {
      method: 'post',
      path,
      id: 'createProject',
      tag,
      summary: 'Create a project of a Git repository or an archive',
      body: { schema: CreateProjectSchema, required: true, multipart },
      status: 201,
      answer: { schema: ProjectSchema },
      problems: [400, 413, 415, 422],
    },
    {
      method: 'get',
      path,
      id: 'listProjects',
      tag,
      summary: 'Projects, newest first',
      query: PageQuerySchema,
      status: 200,
      answer: { schema: pageOf(ProjectSchema) },
      problems: [400],
    },
    {
      method: 'get',
      path: `${path}/{id}`,
      id: 'getProject',
      tag,
      summary: 'A project',
      status: 200,
      answer: { schema: ProjectWithPreviewSchema },
    },
    {
      method: 'delete',
      path: `${path}/{id}`,
      id: 'deleteProject',
      tag,
      summary: 'Delete a project; its runs and plans stay',
      status: 204,
      answer: null,
      problems: [409],
    },
  ];
}
