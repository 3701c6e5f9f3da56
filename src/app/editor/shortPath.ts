/** Real paths are short. Only a line that is no segment can have a name of thousands of characters, and it is cut. */
const LONGEST_PATH = 40;

export function shortPath(path: string): string {
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
}
