import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activityMessages } from '../../src/app/words/activity.en.ts';
import { messages } from '../../src/app/words/messages.en.ts';
import { say } from '../../src/app/words/say.ts';
import { dataFileMessages } from '../../src/app/words/sayData.ts';
import { problemMessages } from '../../src/app/words/sayProblem.ts';
import { settingsMessages } from '../../src/app/words/settings.en.ts';

const catalogue = {
  ...messages,
  ...problemMessages,
  ...settingsMessages,
  ...activityMessages,
  ...dataFileMessages,
};
const forms = Object.entries(catalogue).flatMap(([key, message]) =>
  Object.values(typeof message === 'string' ? { text: message } : message).map(
    (text) => [key, text] as const,
  ),
);

/** Words that frighten, blame, or leave open what a button does (ux 3.1). */
const FORBIDDEN: readonly [string, RegExp][] = [
  ['Are you sure', /are you sure/i],
  ['OK', /\bok(ay)?\b/i],
  ['Oops', /\boops\b/i],
  ['an exclamation mark', /!/],
  ['mine or theirs', /\bmine\b|\btheirs\b/i],
  ['please', /\bplease\b/i],
  ['a button that does not say what it does', /^(yes|no|continue anyway|submit)$/i],
  ['three dots for an ellipsis', /\.\.\./],
  ['a straight apostrophe', /[A-Za-z]'[A-Za-z]/],
  ['straight quotation marks', /"/],
  ['a blank at an end', /\s$|^\s/],
  ['a cause that is no cause', /\berror occurred\b|\bsomething went wrong\b/i],
];

test.each(FORBIDDEN)('no message says %s', (what, pattern) => {
  // HL7 null is written with two straight quotation marks: that is no quotation.
  const found = forms.filter(([, text]) => pattern.test(text.replaceAll('""', '')));
  expect(found, `${what} is in the catalogue`).toEqual([]);
});

test('each message is said somewhere, and no word on screen is outside the catalogue', () => {
  const code = sources('src/app')
    .filter((path) => !path.includes('/words/'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const isSaid = (key: string): boolean => {
    const [group] = key.split('.');
    // Some keys are put together: the kind of a refusal, of line ends, of a severity, of a copy.
    return (
      code.includes(`'${key}'`) || code.includes(`say(\`${group}.\${`) || code.includes(`\`${group}.\${`)
    );
  };
  expect(Object.keys(catalogue).filter((key) => !isSaid(key))).toEqual([]);
  const bare = [...code.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)\s*</g)].map(([, words]) => words);
  expect(bare).toEqual([]);
  const attributes = [...code.matchAll(/(?:aria-label|title|placeholder|label)="([^"]*[a-z][^"]*)"/g)];
  expect(attributes.map(([, words]) => words)).toEqual([]);
});

test('the first sentence about a problem has at most fifteen words', () => {
  const long = Object.entries(problemMessages).filter(([key, message]) => {
    const text = typeof message === 'string' ? message : message.other;
    const [first = ''] = text.split(/(?<=[.:])\s/);
    return !key.endsWith('Means') && first.split(/\s+/).length > 15;
  });
  expect(long).toEqual([]);
});

test('"Nothing has been deleted or overwritten" is said in one place, behind the tag that allows it', () => {
  const said = forms.filter(([, text]) => /deleted or overwritten/.test(text));
  expect(said).toHaveLength(1);
  const [[key] = ['']] = said;
  const places = sources('src/app').filter(
    (path) => !path.includes('/words/') && readFileSync(path, 'utf8').includes(`'${key}'`),
  );
  expect(places.map((path) => path.split('/').at(-1))).toEqual(['Shield.tsx']);
  const shield = readFileSync('src/app/problem/Shield.tsx', 'utf8');
  expect(shield).toMatch(/hasTag\('nothing-changed'\)/);
});

test('plurals and numbers are those of English', () => {
  expect(say('templates.count', { count: 1 })).toBe('1 template');
  expect(say('templates.count', { count: 0 })).toBe('0 templates');
  expect(say('templates.count', { count: 10_000 })).toBe('10,000 templates');
});

test('values are filled in as they are, also when they look like a pattern', () => {
  expect(say('templates.deleted', { name: '$& {count}' })).toBe('Deleted “$& {count}”.');
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
