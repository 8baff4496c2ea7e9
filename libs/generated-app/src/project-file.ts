export interface ProjectFile {
  /** Below the project's folder, `/app` in its sandbox. */
  path: string;
  content: string;
}
