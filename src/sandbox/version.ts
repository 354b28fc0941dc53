/** The oldest and the newest FusionAuth that the sandbox can be told to be like. */
export const oldestVersion = '1.48.0';
export const newestVersion = '1.69.0';

/** A version that is none, or that the sandbox knows nothing about. */
export class VersionError extends Error {
  override readonly name: string = 'VersionError';
}

/**
 * Reads a version of FusionAuth: `1.62` is `1.62.0`, and any patch release of a minor version in the range is taken.
 * @throws {@link VersionError} saying which versions there are.
 */
export function parseVersion(text: string): string {
  const numbers = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (numbers === null)
    throw new VersionError(`"${text}" is no version of FusionAuth; one looks like ${newestVersion}`);
  const version = [numbers[1], numbers[2], numbers[3] ?? '0'].map(Number).join('.');
  if (!isAtLeast(version, oldestVersion) || compareVersions(minorOf(version), minorOf(newestVersion)) > 0) {
    throw new VersionError(
      `the sandbox can be FusionAuth ${minorOf(oldestVersion)} to ${minorOf(newestVersion)}, not ${text}`,
    );
  }
  return version;
}

/** Whether a version is the other one or a later one: `isAtLeast('1.69.0', '1.62.1')`. A number that is missing is 0. */
export function isAtLeast(version: string, least: string): boolean {
  return compareVersions(version, least) >= 0;
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (const position of [0, 1, 2]) {
    const order = (a?.[position] ?? 0) - (b?.[position] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
