/** By which people find the sandbox of a build, in the API and at its provider. */
export const labelsOfBuild = (build: { projectId: string; buildId: string }): Record<string, string> => ({
  project: build.projectId,
  build: build.buildId,
});
