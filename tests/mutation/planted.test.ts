import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { mutate } from './plant.ts';
import { PLANTED } from './planted.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test.each(PLANTED)('the place of "$name" is still there', (bug) => {
  const code = readFileSync(resolve(ROOT, bug.file), 'utf8');
  expect(mutate(bug, code)).not.toBe(code);
});

test('no two bugs have the same name', () => {
  expect(new Set(PLANTED.map(({ name }) => name)).size).toBe(PLANTED.length);
});
