import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpokenAudio } from '@showrunner/contracts';
import { runFfmpeg } from './ffmpeg';
import { loudnessOf } from './loudness';

/** Something said, and when it begins, ms of the film. */
export interface PlacedSpeech {
  startMs: number;
  audio: SpokenAudio;
}

/** What films are heard at: LUFS, and the highest true peak (dBTP) that encoders get, so that what they add stays below -1. */
export const FILM_LUFS = -16;
const LIMIT_DBTP = -2;
/** A gain is corrected by what a limiter took. */
const PASSES = 3;
const CLOSE_LU = 0.2;

/**
 * Makes the sound of a film out of what is said in it: a WAV of one channel, 48 kHz, as long as the film, at -16 LUFS. The same lines give the
 * same bytes.
 * @param speech of one sample rate
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function voiceTrack(input: {
  speech: readonly PlacedSpeech[];
  durationMs: number;
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}): Promise<string> {
  const { speech, durationMs, folder, ffmpegPath: program, signal } = input;
  const sampleRate = speech[0]?.audio.sampleRate ?? 24_000;
  const raw = join(folder, 'voice.pcm');
  const made = join(folder, 'voice.wav');
  await writeFile(raw, laidOut(speech, sampleRate, durationMs));
  const read = ['-f', 's16le', '-ar', String(sampleRate), '-ac', '1', '-i', raw];
  let gain = FILM_LUFS - (await loudnessOf(read, { program, signal })).lufs;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const filter = [
      `volume=${gain.toFixed(3)}dB`,
      // Peaks between samples are seen at four times the rate.
      'aresample=192000',
      `alimiter=limit=${(10 ** (LIMIT_DBTP / 20)).toFixed(4)}:level=disabled:attack=5:release=60`,
      'aresample=48000',
    ].join(',');
    const written = ['-af', filter, '-ar', '48000', '-c:a', 'pcm_s16le', '-bitexact', '-f', 'wav', made];
    await runFfmpeg({ program, signal, args: ['-v', 'error', '-nostdin', '-y', ...read, ...written] });
    const missing = FILM_LUFS - (await loudnessOf(['-i', made], { program, signal })).lufs;
    if (Math.abs(missing) < CLOSE_LU) break;
    gain += missing;
  }
  return made;
}

/** Samples of the whole film, silent where nothing is said. */
function laidOut(speech: readonly PlacedSpeech[], sampleRate: number, durationMs: number): Buffer {
  const film = Buffer.alloc(2 * Math.round((durationMs * sampleRate) / 1000));
  for (const { startMs, audio } of speech) {
    const at = 2 * Math.round((startMs * sampleRate) / 1000);
    audio.samples.copy(film, at, 0, Math.max(0, film.length - at));
  }
  return film;
}

/**
 * Puts a film's sound beside its pictures, which stay as they are.
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function withSound(input: {
  videoPath: string;
  soundPath: string;
  outputPath: string;
  durationMs: number;
  ffmpegPath: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { videoPath, soundPath, outputPath, durationMs, ffmpegPath, signal } = input;
  await runFfmpeg({
    program: ffmpegPath,
    signal,
    args: [
      ...['-v', 'error', '-nostdin', '-y', '-i', videoPath, '-i', soundPath],
      ...['-map', '0:v:0', '-map', '1:a:0', '-map_metadata', '0', '-map_chapters', '0'],
      ...['-c:v', 'copy', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-t', (durationMs / 1000).toFixed(3)],
      ...['-flags:a', '+bitexact', '-movflags', '+faststart', '-f', 'mp4', outputPath],
    ],
  });
}
