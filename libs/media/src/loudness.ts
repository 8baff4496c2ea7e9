import { runFfmpeg, type FfmpegRun } from './ffmpeg';

export interface Loudness {
  /** Integrated, LUFS by EBU R128; -70 is silence. */
  lufs: number;
  /** dBTP. */
  truePeak: number;
}

const SILENCE = -70;

/**
 * Measures the first sound of what ffmpeg is given to read.
 * @param input its arguments, such as `['-i', path]`
 * @throws AppError `ffmpeg_failed`, also when there is no sound; `ffmpeg_missing`; the signal's reason
 */
export async function loudnessOf(
  input: readonly string[],
  run: Pick<FfmpegRun, 'program' | 'signal' | 'input'>,
): Promise<Loudness> {
  const filter = 'ebur128=peak=true:metadata=1,ametadata=mode=print:file=pipe\\\\:1';
  const args = [
    '-v',
    'error',
    '-nostdin',
    ...input,
    '-map',
    '0:a:0',
    '-af',
    filter,
    '-f',
    'null',
    '/dev/null',
  ];
  const told = (await runFfmpeg({ ...run, args })).toString();
  const values = (key: string): number[] =>
    [...told.matchAll(new RegExp(`lavfi\\.r128\\.${key}=(\\S+)`, 'gu'))].map(([, value]) => Number(value));
  const peaks = values('true_peaks_ch\\d+').filter((peak) => Number.isFinite(peak));
  const peak = peaks.reduce((most, one) => Math.max(most, one), 0);
  return { lufs: values('I').at(-1) ?? SILENCE, truePeak: 20 * Math.log10(Math.max(peak, 1e-5)) };
}
