import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What would bring a machine back from where an older build left it. */
const RESTORING = [/getPersistedSnapshot/, /createActor\([^)]*\{[^}]*\bsnapshot\b\s*[:,}]/s];

test('[F80] no snapshot of a machine is kept or restored: what must survive is data', () => {
  const sources = ['src', 'machines'].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  expect(sources.length).toBeGreaterThan(100);
  const restoring = sources.filter((path) => RESTORING.some((bad) => bad.test(readFileSync(path, 'utf8'))));
  expect(restoring).toEqual([]);
  expect(
    RESTORING.every((bad) => bad.test('createActor(machine, { snapshot: old }); a.getPersistedSnapshot()')),
  ).toBe(true);
});
