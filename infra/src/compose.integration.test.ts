import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { POOLS, SEARCH_ATTRIBUTES } from '@showrunner/contracts';
import { parse } from 'yaml';
import { repositoryRoot } from '../tooling/paths.mjs';
import { toolCatalogue } from '@showrunner/config';
import { SERVICES } from './platform/services';

interface Service {
  image?: string;
  command?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string | number>;
  healthcheck?: { test: string[] };
}

let text: string;
let services: Record<string, Service>;

beforeAll(() => {
  text = readFileSync(join(repositoryRoot, 'docker-compose.temporal.yml'), 'utf8');
  services = (parse(text, { merge: true, maxAliasCount: -1 }) as { services: Record<string, Service> })
    .services;
});

describe('docker-compose.temporal.yml', () => {
  test.each(SERVICES)('runs the service %s and watches its health', (name) => {
    expect(services[name]?.command).toEqual(['apps/server/dist/main.mjs', '--service', name]);
    expect(services[name]?.healthcheck?.test.join(' ')).toContain('/healthz');
  });

  test.each(POOLS)('has a worker service for the pool %s', (pool) => {
    expect(services[`worker-${pool}`]?.command).toEqual(['apps/worker/dist/main.mjs', '--pool', pool]);
  });

  test('has no worker service without a pool', () => {
    const workers = Object.keys(services).filter((name) => name.startsWith('worker-'));
    expect(workers.sort()).toEqual(POOLS.map((pool) => `worker-${pool}`).sort());
  });

  test('has the stores, Temporal and its Web UI', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(['postgres', 'redis', 's3', 'temporal', 'temporal-ui', 'migrate']),
    );
  });

  test('pins every image', () => {
    const images = Object.values(services).flatMap(({ image }) => image ?? []);
    expect(images.filter((image) => /^(postgres|redis|versity|temporalio)\b/.test(image))).toHaveLength(6);
    for (const image of images) expect(image).toMatch(/^showrunner-(app|worker)$|:v?\d/);
  });

  test('tells Redis to the gateway alone', () => {
    const told = Object.entries(services).filter(([, { environment }]) => environment?.['REDIS_URL']);
    expect(told.map(([name]) => name)).toEqual(['gateway']);
  });

  test('makes every search attribute', () => {
    for (const name of SEARCH_ATTRIBUTES) expect(text).toContain(name);
  });

  test('names every variable of .env.example', () => {
    const example = readFileSync(join(repositoryRoot, '.env.example'), 'utf8');
    const variables = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);
    expect(variables.length).toBeGreaterThan(20);
    expect(variables.filter((name) => !text.includes(name))).toEqual([]);
  });

  test('publishes ports on loopback only', () => {
    const published = Object.values(services).flatMap(({ ports }) => ports ?? []);
    expect(published.length).toBeGreaterThan(0);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('depends only on services it has', () => {
    const needed = Object.values(services).flatMap(({ depends_on: dependencies }) =>
      Object.keys(dependencies ?? {}),
    );
    expect(needed.filter((name) => !(name in services))).toEqual([]);
  });
});

test('the image of the workers holds every program of the catalogue', () => {
  const dockerfile = readFileSync(join(repositoryRoot, 'infra/docker/Dockerfile'), 'utf8');
  const words = new Set(dockerfile.split(/\s+/));
  const needed = toolCatalogue.flatMap(({ name, debianPackage }) =>
    debianPackage && name !== 'redis-server' ? [debianPackage] : [],
  );
  expect(needed.filter((name) => !words.has(name))).toEqual([]);
});
