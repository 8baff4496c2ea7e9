import { BuildSchema, CreateBuildSchema, pageOf, SandboxResourceSchema } from '@showrunner/contracts';
import type { Operation } from '../operation';
import { ofProject } from './shared-schemas';

export function buildsOperations(): Operation[] {
  const tag = 'builds';
  return [
    {
      method: 'post',
      path: '/api/projects/{projectId}/build',
      id: 'startBuild',
      tag,
      summary: 'Build and start a project in a sandbox of its own',
      body: { schema: CreateBuildSchema, required: false },
      status: 202,
      answer: { schema: BuildSchema },
      problems: [400, 415],
    },
    {
      method: 'get',
      path: '/api/builds/{id}',
      id: 'getBuild',
      tag,
      summary: 'A build',
      status: 200,
      answer: { schema: BuildSchema },
    },
    {
      method: 'get',
      path: '/api/builds/{id}/log',
      id: 'getBuildLog',
      tag,
      summary: 'Output of the build',
      status: 200,
      answer: { media: ['text/plain'] },
    },
    {
      method: 'get',
      path: '/api/sandboxes',
      id: 'listSandboxes',
      tag,
      summary: 'Sandboxes, newest first',
      query: ofProject,
      status: 200,
      answer: { schema: pageOf(SandboxResourceSchema) },
      problems: [400],
    },
    {
      method: 'get',
      path: '/api/sandboxes/{id}',
      id: 'getSandbox',
      tag,
      summary: 'A sandbox',
      status: 200,
      answer: { schema: SandboxResourceSchema },
    },
    {
      method: 'delete',
      path: '/api/sandboxes/{id}',
      id: 'destroySandbox',
      tag,
      summary: 'End a sandbox that no run works with',
      status: 202,
      answer: { schema: SandboxResourceSchema },
      problems: [409],
    },
  ];
}
