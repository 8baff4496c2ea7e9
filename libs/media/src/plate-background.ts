import type { FrameSize } from '@showrunner/contracts';
import type { Background } from '@showrunner/timeline';
import { mixed, rgbOf, type Rgb } from './colours';

/** The colour of a background at each place of the picture. */
export function backgroundAt(
  background: Background,
  { width, height }: FrameSize,
): (x: number, y: number) => Rgb {
  if (background.kind === 'colour') {
    const colour = rgbOf(background.colour);
    return () => colour;
  }
  const [from, to] = [rgbOf(background.from), rgbOf(background.to)];
  const angle = (background.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // From corner to corner, whatever the angle.
  const reach = Math.abs(width * cos) + Math.abs(height * sin);
  return (x, y) => {
    const along = ((x - width / 2) * cos + (y - height / 2) * sin) / reach + 0.5;
    const share = Math.min(1, Math.max(0, along));
    return mixed(from, to, share);
  };
}
