import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages } from '../../src/app/words/messages.en.ts';
import { problemMessages } from '../../src/app/words/sayProblem.ts';

const text = readFileSync('docs/troubleshooting.md', 'utf8');
const catalogue = { ...messages, ...problemMessages };

/** The title of every dialog and notice about data. */
const TITLES = [
  'recovery.templatesDamaged',
  'recovery.damaged',
  'recovery.setAside',
  'recovery.vanished',
  'boot.blocked',
  'boot.unavailable',
  'load.tooNew',
  'load.unreadable',
  'load.uncheckable',
  'load.damaged',
  'load.vanished',
  'migration.halted',
  'lost.title',
  'superseded.title',
  'failed.title',
  'fault.title',
  'status.notSaved',
] as const satisfies readonly (keyof typeof catalogue)[];

test.each(TITLES)('troubleshooting has the words of %s, as they are on the screen', (key) => {
  const message = catalogue[key];
  const words = (typeof message === 'string' ? message : message.other).replace('{count}', 'N');
  expect(text).toContain(`“${words}”`);
});

test('each choice that troubleshooting names in italics is one that the app offers', () => {
  const offered = Object.values<unknown>(catalogue);
  const named = [...text.matchAll(/(?<![*\w])\*([A-Z][^*\n]+)\*(?![*\w])/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !offered.includes(name) && name !== 'Download …')).toEqual([]);
});

test('the notice of a late start is the one in index.html', () => {
  const [, quoted = ''] = /“(The app hasn’t started yet\.)”/.exec(text) ?? [];
  expect(quoted).not.toBe('');
  expect(readFileSync('index.html', 'utf8')).toContain(quoted);
});
