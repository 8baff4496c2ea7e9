import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, step } from '../candidate';
import { isDestructive } from '../forbidden';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isPage, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten, spoken } from '../words';

/** Words of what one draws with; without any of them a canvas is a chart or a game. */
const DRAWS =
  /\b(draw|drawing|paint|brush|pen|pencil|crayon|marker|eraser|sketch|doodle|stroke|scribble|signature)\b/i;
const SHAPE =
  /^(draw )?(a )?(rect(angle)?|square|circle|ellipse|oval|line|arrow|triangle|polygon|shape|star)s?( tool)?$/i;
const UNDO = /^undo\b/i;
/** A drawing surface is this share of the window at least. */
const SURFACE = 0.08;

/**
 * A surface that one draws on: a stroke by hand, a shape, and a stroke taken back. That the picture is another one afterwards is the proof; what moves
 * by itself has been seen not to rest before.
 */
export function drawFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isPage(context, view))
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const canvas = surfaceOf(context, view);
      const end = canvas && endOf(view, canvas);
      if (before === undefined || canvas === undefined || end === undefined) return [];
      const target = view.targetOf(canvas);
      const draw = (caption: string): CandidateStep =>
        step({ type: 'drag', target, to: view.targetOf(end) }, caption, { kind: 'pictureChanged', target });
      const pressed = (node: Node | undefined, make: (node: Node) => Candidate): Candidate[] =>
        node === undefined ? [] : [make(node)];
      const made = (title: string, steps: CandidateStep[], score: number): Candidate =>
        candidate({
          ...{ kind: 'edit', variety: `draw ${title}`, title, startPath: view.path, score },
          description: 'By hand, as on paper.',
          steps: [...before, ...steps],
          words: ['draw paint sketch stroke canvas line', title],
          needsSignIn: view.page.signedIn,
        });
      const buttons = view
        .ofRole('button', 'radio', 'generic')
        .filter((node) => isUsable(node) && allowed(context, node.name) && !isDestructive(node.name));
      const shape = buttons.find((node) => SHAPE.test(spoken(node.name)));
      const undo = buttons.find((node) => UNDO.test(spoken(node.name)));
      return [
        made('Draw on the canvas', [draw('Draw a stroke')], 86),
        ...pressed(shape, (node) => {
          const name = shorten(readable(node.name), 40);
          const choose = click(view.targetOf(node), `Choose “${name}”`, { kind: 'done' });
          return made(`Draw with “${name}”`, [choose, draw(`Draw with “${name}”`)], 72);
        }),
        ...pressed(undo, (node) => {
          const back = click(view.targetOf(node), 'Undo it', { kind: 'pictureChanged', target });
          return made('Undo a stroke', [draw('Draw a stroke'), back], 66);
        }),
      ];
    });
}

/** The largest canvas of a page that speaks of drawing. */
function surfaceOf({ exploration }: RulesContext, view: PageView): Node | undefined {
  const { width, height } = view.snapshot.viewport;
  const said = [
    ...[view.snapshot.title, view.snapshot.text, exploration.readme.slice(0, 2000)],
    ...view.nodes.map(({ name }) => name),
  ];
  if (!said.some((text) => DRAWS.test(text))) return undefined;
  return view.nodes
    .filter((node) => node.role === 'canvas' && node.picture !== undefined && node.restless !== true)
    .filter(({ box }) => box.width * box.height >= width * height * SURFACE)
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0];
}

/**
 * What stands beside the canvas and is named: there the stroke that begins in its middle ends. What says something rather than does something, if any;
 * never a link, which a browser would drag along, nor what stands partly out of sight.
 */
function endOf(view: PageView, canvas: Node): Node | undefined {
  const others = view.nodes.filter(
    (node) =>
      node.index !== canvas.index &&
      node.inViewport &&
      node.role !== 'link' &&
      isWhollySeen(view, node) &&
      readable(node.name) !== '' &&
      node.box.width > 0 &&
      view.ofRole(node.role).filter(({ name }) => name === node.name).length === 1 &&
      !view.ancestors(canvas).some(({ index }) => index === node.index),
  );
  const distance = ({ box }: Node): number =>
    Math.abs(box.x + box.width / 2 - canvas.box.x - canvas.box.width / 2);
  const far = [...others].sort((a, b) => distance(b) - distance(a));
  return far.find(({ role }) => ['heading', 'slider', 'img', 'status'].includes(role)) ?? far[0];
}

const isWhollySeen = ({ snapshot: { viewport } }: PageView, { box }: Node): boolean =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height;
