import {
  ArtifactSchema,
  ClipOfRunSchema,
  ClipResourceSchema,
  ExportSchema,
  TakeSchema,
} from '@showrunner/contracts';
import type { Operation } from '../operation';
import { data } from './shared-schemas';

const RANGE = { name: 'Range', description: 'One range of bytes, e.g. `bytes=0-1023`.' };

export function filmsOperations(): Operation[] {
  const tag = 'films';
  const path = '/api/runs/{runId}';
  return [
    {
      method: 'get',
      path: `${path}/clips`,
      id: 'listClips',
      tag,
      summary: 'Clips in film order',
      status: 200,
      answer: data(ClipOfRunSchema),
    },
    {
      method: 'get',
      path: `${path}/takes`,
      id: 'listTakes',
      tag,
      summary: 'Raw recordings',
      status: 200,
      answer: data(TakeSchema),
    },
    {
      method: 'get',
      path: `${path}/artifacts`,
      id: 'listArtifacts',
      tag,
      summary: 'Files of the run',
      status: 200,
      answer: data(ArtifactSchema),
    },
    {
      method: 'get',
      path: `${path}/artifacts/{name}`,
      id: 'getArtifact',
      tag,
      summary: 'A file of the run, whole or a range',
      headers: [RANGE],
      status: 200,
      answer: {
        media: [
          'video/mp4',
          'video/x-matroska',
          'text/vtt',
          'image/jpeg',
          'application/json',
          'application/x-ndjson',
        ],
      },
      problems: [416],
    },
    {
      method: 'get',
      path: '/api/clips/{id}',
      id: 'getClip',
      tag,
      summary: 'A clip',
      status: 200,
      answer: { schema: ClipResourceSchema },
    },
    {
      method: 'get',
      path: '/api/exports/{id}',
      id: 'getExport',
      tag,
      summary: 'A rendered film',
      status: 200,
      answer: { schema: ExportSchema },
    },
  ];
}
