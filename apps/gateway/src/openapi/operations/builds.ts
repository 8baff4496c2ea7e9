import { BuildSchema, CreateBuildSchema, CreateDetectionSchema } from '@showrunner/contracts';
import type { Operation } from '../operation';

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
      method: 'post',
      path: '/api/projects/{projectId}/detect',
      id: 'detectBuild',
      tag,
      summary: 'Find out how a project is built and started, without running anything of it',
      body: { schema: CreateDetectionSchema, required: false },
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
  ];
}
