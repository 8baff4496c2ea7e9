import type { ProduceVideoInput, RenderExportInput } from '@showrunner/contracts';

/** What was said about the looks of the film; an export is told nothing it does by itself. */
export function lookOf({
  aspect,
  theme,
}: Pick<ProduceVideoInput, 'aspect' | 'theme'>): Pick<RenderExportInput, 'output'> {
  if (aspect === undefined && theme === undefined) return {};
  return { output: { format: 'mp4', ...(aspect && { aspect }), ...(theme && { theme }) } };
}
