import { PlanSchema } from '@showrunner/contracts';
import type { Plan } from '@showrunner/contracts';

/** What was planned for examples/catalogue, as it was stored. */
export const cataloguePlan = (): Plan =>
  PlanSchema.parse({
    schemaVersion: 1,
    videoType: 'demo',
    title: 'Form & Fern',
    intent: '',
    planner: 'rules-1',
    features: [
      {
        id: 'favourite-arc-lamp',
        kind: 'toggle',
        title: 'Favourite Arc lamp',
        description: 'The page follows at once.',
        startPath: '/',
        steps: [
          {
            action: { type: 'click', target: { role: 'button', name: 'Favourite Arc lamp', exact: true } },
            caption: 'Favourite Arc lamp',
            success: {
              kind: 'state',
              target: { role: 'button', name: 'Favourite Arc lamp', exact: true },
              state: 'pressed',
              equals: true,
            },
            timeoutMs: 8000,
          },
        ],
        lasts: true,
      },
      {
        id: 'find-products-by-name',
        kind: 'search',
        title: 'Find products by name',
        description: 'One word is enough to find “Arc lamp”.',
        startPath: '/',
        steps: [
          {
            action: {
              type: 'type',
              target: { role: 'searchbox', name: 'Search products', exact: true },
              text: 'lamp',
              submit: false,
            },
            caption: 'Search for “lamp”',
            success: { kind: 'textHidden', text: 'Paper pendant', beside: 'Arc lamp' },
            timeoutMs: 8000,
          },
        ],
      },
      {
        id: 'show-only-lighting',
        kind: 'filter',
        title: 'Show only lighting',
        description: 'Everything else steps aside.',
        startPath: '/',
        steps: [
          {
            action: { type: 'click', target: { role: 'button', name: 'Lighting', exact: true } },
            caption: 'Show only lighting',
            success: { kind: 'textHidden', text: 'Oak stool', beside: 'Arc lamp' },
            timeoutMs: 8000,
          },
        ],
      },
      {
        id: 'open-arc-lamp',
        kind: 'open',
        title: 'Open Arc lamp',
        description: 'All the details on one page.',
        startPath: '/',
        steps: [
          {
            action: { type: 'click', target: { role: 'link', name: 'Arc lamp', exact: true } },
            caption: 'Open Arc lamp',
            success: { kind: 'elementVisible', target: { role: 'heading', name: 'Arc lamp', exact: true } },
            timeoutMs: 8000,
          },
        ],
      },
      {
        id: 'switch-to-dark-mode',
        kind: 'toggle',
        title: 'Switch to dark mode',
        description: 'The whole app changes its look.',
        startPath: '/',
        steps: [
          {
            action: { type: 'click', target: { role: 'button', name: 'Dark theme', exact: true } },
            caption: 'Switch to dark mode',
            success: { kind: 'themeChanged' },
            timeoutMs: 8000,
          },
        ],
      },
      {
        id: 'open-paper-pendant',
        kind: 'open',
        title: 'Open Paper pendant',
        description: 'All the details on one page.',
        startPath: '/',
        steps: [
          {
            action: { type: 'click', target: { role: 'link', name: 'Paper pendant', exact: true } },
            caption: 'Open Paper pendant',
            success: {
              kind: 'elementVisible',
              target: { role: 'heading', name: 'Paper pendant', exact: true },
            },
            timeoutMs: 8000,
          },
        ],
      },
    ],
    rejected: [],
  });
