import { z } from 'zod';
import type { Operation } from '../operation';

export function healthOperations(): Operation[] {
  const tag = 'health';
  const answer = { schema: z.object({ status: z.literal('ok') }) };
  return [
    {
      method: 'get',
      path: '/healthz',
      id: 'isAlive',
      tag,
      summary: 'The process runs',
      status: 200,
      answer,
      isPublic: true,
    },
    {
      method: 'get',
      path: '/readyz',
      id: 'isReady',
      tag,
      summary: 'Everything it needs answers',
      status: 200,
      answer,
      isPublic: true,
    },
    {
      method: 'get',
      path: '/',
      id: 'index',
      tag,
      summary: 'Where to find what',
      status: 200,
      answer: { schema: z.record(z.string(), z.string()) },
    },
    {
      method: 'get',
      path: '/api/openapi.json',
      id: 'openApi',
      tag,
      summary: 'This document',
      status: 200,
      answer: { media: ['application/json'] },
    },
  ];
}
