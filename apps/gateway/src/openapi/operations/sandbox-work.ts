import {
  CodeContextListSchema,
  CodeContextSchema,
  CodeResultSchema,
  CreateContextSchema,
  CreatedPreviewLinkSchema,
  CreatePreviewSchema,
  ExecAnswerSchema,
  ExecCommandSchema,
  FileListQuerySchema,
  FileListSchema,
  FilePathQuerySchema,
  FileStatSchema,
  GitCheckoutSchema,
  GitCloneSchema,
  GitCommitSchema,
  GitDiffSchema,
  GitPathQuerySchema,
  GitStatusSchema,
  MakeDirectorySchema,
  PreviewLinkSchema,
  ProcessInputSchema,
  ProcessLogQuerySchema,
  ProcessStatusSchema,
  RunCodeSchema,
  StartProcessSchema,
  WriteFileQuerySchema,
} from '@showrunner/contracts';
import type { z } from 'zod';
import type { Operation } from '../operation';
import { data } from './shared-schemas';

const ROOT = '/api/sandboxes/{id}';
/** Not running, in use by a run, lost. */
const ALWAYS = [400, 409, 410];

type Rest = Partial<Operation> & Pick<Operation, 'answer'>;
const operation = (
  method: Operation['method'],
  path: string,
  id: string,
  summary: string,
  rest: Rest,
): Operation => ({
  method,
  path: `${ROOT}${path}`,
  id,
  tag: 'inside sandboxes',
  summary,
  status: rest.answer === null ? 204 : 200,
  problems: ALWAYS,
  ...rest,
});
const json = (schema: z.ZodType, required = true) => ({
  body: { schema, required },
  problems: [...ALWAYS, 415],
});
const bytes = (...media: string[]) => ({ body: { media }, problems: [...ALWAYS, 411, 413] });

/** What is done inside of a running sandbox. */
export function sandboxWorkOperations(): Operation[] {
  return [
    operation('post', '/exec', 'execInSandbox', 'Run a command to its end', {
      ...json(ExecCommandSchema),
      answer: { schema: ExecAnswerSchema },
    }),
    operation('post', '/processes', 'startSandboxProcess', 'Start a named process that lives on', {
      ...json(StartProcessSchema),
      status: 201,
      answer: { schema: ProcessStatusSchema },
    }),
    operation('get', '/processes', 'listSandboxProcesses', 'Named processes', {
      answer: data(ProcessStatusSchema),
    }),
    operation('get', '/processes/{name}', 'getSandboxProcess', 'A named process', {
      answer: { schema: ProcessStatusSchema },
    }),
    operation('get', '/processes/{name}/log', 'getSandboxProcessLog', 'The end of its output', {
      query: ProcessLogQuerySchema,
      answer: { media: ['text/plain'] },
    }),
    operation('post', '/processes/{name}/stdin', 'writeSandboxProcess', 'Write to its standard input', {
      ...json(ProcessInputSchema),
      answer: null,
    }),
    operation('delete', '/processes/{name}', 'killSandboxProcess', 'End it and all its children', {
      answer: null,
    }),
    operation('get', '/files', 'readSandboxFile', 'A file of at most 16 MiB', {
      query: FilePathQuerySchema,
      answer: { media: ['application/octet-stream'] },
      problems: [...ALWAYS, 413],
    }),
    operation('put', '/files', 'writeSandboxFile', 'Write the body, at most 100 MB, to a file', {
      query: WriteFileQuerySchema,
      ...bytes('application/octet-stream'),
      answer: null,
    }),
    operation('delete', '/files', 'removeSandboxFile', 'Remove a file or a folder', {
      query: FilePathQuerySchema,
      answer: null,
    }),
    operation('get', '/files/list', 'listSandboxFiles', 'What lies in a folder', {
      query: FileListQuerySchema,
      answer: { schema: FileListSchema },
    }),
    operation('get', '/files/stat', 'statSandboxFile', 'About a file', {
      query: FilePathQuerySchema,
      answer: { schema: FileStatSchema },
    }),
    operation('post', '/files/directory', 'makeSandboxDirectory', 'Make a folder and those above it', {
      ...json(MakeDirectorySchema),
      answer: null,
    }),
    operation(
      'post',
      '/files/upload',
      'uploadSandboxFiles',
      'Unpack a tar or tar.gz of at most 100 MB under a folder',
      {
        query: FilePathQuerySchema,
        ...bytes('application/x-tar', 'application/gzip'),
        answer: null,
      },
    ),
    operation('get', '/files/download', 'downloadSandboxFiles', 'A folder as tar.gz', {
      query: FilePathQuerySchema,
      answer: { media: ['application/gzip'] },
    }),
    operation('post', '/previews', 'createSandboxPreview', 'A signed link to a port, for a time', {
      ...json(CreatePreviewSchema),
      status: 201,
      answer: { schema: CreatedPreviewLinkSchema },
    }),
    operation('get', '/previews', 'listSandboxPreviews', 'Links that still open something', {
      answer: data(PreviewLinkSchema),
    }),
    operation('delete', '/previews/{linkId}', 'revokeSandboxPreview', 'End a link for all who hold it', {
      answer: null,
    }),
    operation(
      'post',
      '/git/clone',
      'cloneInSandbox',
      'Clone a repository; only its host is reachable meanwhile',
      {
        ...json(GitCloneSchema),
        answer: { schema: GitCommitSchema },
      },
    ),
    operation('post', '/git/checkout', 'checkoutInSandbox', 'Check out a branch, tag or commit', {
      ...json(GitCheckoutSchema),
      answer: { schema: GitCommitSchema },
    }),
    operation('get', '/git/status', 'gitStatusOfSandbox', 'Branch, commit and changes', {
      query: GitPathQuerySchema,
      answer: { schema: GitStatusSchema },
    }),
    operation('get', '/git/diff', 'gitDiffOfSandbox', 'Changes against the commit', {
      query: GitPathQuerySchema,
      answer: { schema: GitDiffSchema },
    }),
    operation('post', '/interpreter/run', 'runCodeInSandbox', 'Run Python; variables stay', {
      ...json(RunCodeSchema),
      answer: { schema: CodeResultSchema },
    }),
    operation('post', '/interpreter/contexts', 'createSandboxContext', 'A context of its own variables', {
      ...json(CreateContextSchema, false),
      status: 201,
      answer: { schema: CodeContextSchema },
    }),
    operation('get', '/interpreter/contexts', 'listSandboxContexts', 'Contexts', {
      answer: { schema: CodeContextListSchema },
    }),
    operation(
      'post',
      '/interpreter/contexts/{contextId}/restart',
      'restartSandboxContext',
      'Forget all variables',
      {
        answer: null,
      },
    ),
    operation('delete', '/interpreter/contexts/{contextId}', 'removeSandboxContext', 'Remove a context', {
      answer: null,
    }),
  ];
}
