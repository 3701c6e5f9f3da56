import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import type { Profile } from './browser.ts';

const folderOf = (profile: Profile): string => join(profile.folder, 'Default', 'IndexedDB');

/** Files in which the browser keeps IndexedDB: LevelDB, and beside it the large values, one file each. */
function filesOf(profile: Profile): string[] {
  const folder = folderOf(profile);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** @throws when there is none: damage that damages nothing would prove nothing */
function matching(profile: Profile, pattern: RegExp): string[] {
  const found = filesOf(profile).filter((path) => pattern.test(relative(folderOf(profile), path)));
  if (found.length === 0) throw new Error(`No file of the profile matches ${pattern}`);
  return found;
}

/** Flips one bit of each file, as far in as `share` of its length says. */
export function flip(profile: Profile, pattern: RegExp, share = 0.5): void {
  for (const path of matching(profile, pattern)) {
    const bytes = readFileSync(path);
    const at = Math.floor((bytes.length - 1) * share);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }
}

/** Cuts the end off each file. @param share  of its length that stays */
export function truncate(profile: Profile, pattern: RegExp, share: number): void {
  for (const path of matching(profile, pattern)) truncateSync(path, Math.floor(statSync(path).size * share));
}

export function remove(profile: Profile, pattern: RegExp): void {
  for (const path of matching(profile, pattern)) rmSync(path);
}

export function removeAll(profile: Profile): void {
  rmSync(folderOf(profile), { recursive: true });
}

/** Bytes of every file that holds data, by name. The browser's own diary and lock are none. */
export function dataFiles(profile: Profile): Record<string, string> {
  return Object.fromEntries(
    filesOf(profile)
      .filter((path) => !/\/(LOG(\.old)?|LOCK)$/.test(path))
      .map((path) => [relative(folderOf(profile), path), readFileSync(path).toString('base64')]),
  );
}
