import type { ProduceVideoInput, RenderExportInput } from '@showrunner/contracts';

/** What was said about the looks of the film; an export is told nothing it does by itself. */
export function lookOf({
  aspect,
  theme,
  voice,
}: Pick<ProduceVideoInput, 'aspect' | 'theme' | 'voice'>): Pick<RenderExportInput, 'output'> {
  if (aspect === undefined && theme === undefined && voice === undefined) return {};
  const said = { ...(aspect && { aspect }), ...(theme && { theme }), ...(voice && { voice }) };
  return { output: { format: 'mp4', ...said } };
}
