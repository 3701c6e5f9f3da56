import { describe, expect, test, vi } from 'vitest';
import type { ConflictSides } from '../../../machines/conflicts.types.ts';
import type { Side } from '../../../src/bundle/fields.ts';
import { checkMerged, compareRecords } from '../../../src/services/conflicts.ts';
import { compareRecord } from '../../../src/services/importing/compareRecord.ts';
import type { Json } from '../../../src/vault/types.ts';
import { templateData } from '../../bundle/support.ts';
import { App } from './app.ts';

const { signal } = new AbortController();
const { hands } = new App();
const MSH = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5';
const message = (...lines: string[]) => [MSH, ...lines].join('\r');

function sidesOf(first: Json | undefined, second: Json | undefined, base?: Json): ConflictSides {
  return { key: 'k', store: 'templates', id: 'a', first, second, base, canKeepBoth: true };
}
const compared = async (sides: ConflictSides) =>
  (await compareRecords(hands, { sides: [sides] }, signal)).conflicts[0];
const merged = (sides: ConflictSides, picks: Readonly<Record<string, Side>> = {}) =>
  checkMerged(
    hands,
    {
      sides: [sides],
      decisions: new Map([['k', 'merge']]),
      picks: new Map([['k', new Map(Object.entries(picks))]]),
    },
    signal,
  );

describe('comparing two versions of a template', () => {
  test('[I5] tells members, and the message field by field; dates and ids are no question', async () => {
    const first = templateData('a', { name: 'mine', content: message('PID|1||A'), updatedAt: 5 });
    const second = templateData('a', {
      name: 'theirs',
      content: message('PID|1||B'),
      updatedAt: 9,
      tags: ['x'],
    });
    const conflict = await compared(sidesOf(first, second));
    expect(conflict?.rows.map(({ path, changed }) => [path, changed])).toEqual([
      ['name', 'both'],
      ['content/PID-3', 'both'],
      ['tags', 'both'],
    ]);
    expect(conflict).toMatchObject({ canMerge: true, canKeepBoth: true, gone: null });
    expect(conflict?.same).toBeGreaterThan(10);
  });

  test.each<[string, Json, Json]>([
    [
      'line ends',
      templateData('a', { content: 'MSH|\rPID|' }),
      templateData('a', { content: 'MSH|\r\nPID|' }),
    ],
    ['the date of the last change', templateData('a'), templateData('a', { updatedAt: 9 })],
    ['the order of members', { ...templateData('a'), x: 1 }, { x: 1, ...templateData('a') }],
  ])('[I5] asks nothing where only this differs: %s', async (_, first, second) => {
    expect(await compared(sidesOf(first, second))).toBeUndefined();
  });

  test('[I5] what was removed on one side is kept, or removed, or left for later; never merged', async () => {
    expect(await compared(sidesOf(undefined, templateData('a')))).toMatchObject({
      gone: 'first',
      canMerge: false,
      canKeepBoth: false,
    });
    expect(await compared(sidesOf(templateData('a'), undefined))).toMatchObject({ gone: 'second' });
    expect(await compared(sidesOf(undefined, undefined))).toBeUndefined();
    expect(await merged(sidesOf(undefined, templateData('a')))).toMatchObject({
      faults: [{ why: 'not-comparable' }],
    });
  });

  test('what is no record at all can only be taken as a whole', async () => {
    expect(await compared(sidesOf('one', 'other'))).toMatchObject({ rows: [], same: 0, canMerge: false });
  });

  test('text that is no message is taken as a whole', async () => {
    const conflict = await compared(
      sidesOf(templateData('a', { content: 'free text' }), templateData('a', { content: 'other text' })),
    );
    expect(conflict?.rows.map(({ path }) => path)).toEqual(['content']);
  });
});

describe('merging them', () => {
  const base = templateData('a', { content: message('PID|1||A||X') });
  const first = templateData('a', { name: 'mine', content: message('PID|1||A||Y') });
  const second = templateData('a', { content: message('PID|1||B||Z'), updatedAt: 9, createdAt: 1 });

  test('[I5] takes what only one side changed, and a side where both did', async () => {
    expect(await merged(sidesOf(first, second, base), { 'content/PID-5': 'second' })).toEqual({
      kind: 'sound',
      merged: new Map([['k', { ...first, content: message('PID|1||B||Z'), updatedAt: 9 }]]),
    });
    const undecided = await merged(sidesOf(first, second, base));
    expect(undecided).toMatchObject({ kind: 'unsound', faults: [{ key: 'k', why: 'undecided' }] });
  });

  test('[I5] is stopped with its reason where the result makes no sense', async () => {
    const bare = templateData('a', { content: message() });
    expect(await merged(sidesOf(first, bare), { 'content/PID': 'second', name: 'first' })).toMatchObject({
      faults: [{ why: 'no-patient' }],
    });
    const headless = templateData('a', { content: 'PID|1||A||Y' });
    expect(await merged(sidesOf(first, headless), { 'content/MSH': 'second', name: 'first' })).toMatchObject({
      faults: [{ why: 'no-header' }],
    });
    const odd = sidesOf(first, { ...second, name: 7 });
    expect(
      await merged(odd, { name: 'second', 'content/PID-3': 'first', 'content/PID-5': 'first' }),
    ).toMatchObject({ faults: [{ why: 'schema' }] });
  });

  test('[I5] is shown before as it is checked and written: the record, its texts, and why it is not sound', async () => {
    const sides = sidesOf(first, second, base);
    const looked = compareRecord(hands, sides);
    const open = looked?.merge(new Map());
    expect(open).toMatchObject({ fault: 'undecided', data: { content: message('PID|1||B||Y') } });
    for (const side of ['first', 'second'] as const) {
      const picks = { 'content/PID-5': side };
      const shown = looked?.merge(new Map(Object.entries(picks)));
      const check = await merged(sides, picks);
      expect(check).toEqual({ kind: 'sound', merged: new Map([['k', shown?.data]]) });
      const [content] = shown?.texts() ?? [];
      expect(shown?.data).toMatchObject({ content: content?.pieces.map(({ text }) => text).join('') });
      expect(content?.pieces.flatMap(({ path, text }) => (path === null ? [] : [[path, text]]))).toEqual([
        ['content/PID-3', 'B'],
        ['content/PID-5', side === 'first' ? 'Y' : 'Z'],
      ]);
    }
    const bare = sidesOf(first, templateData('a', { content: message() }));
    const picks = { 'content/PID': 'second', name: 'first' } as const;
    const why = compareRecord(hands, bare)?.merge(new Map(Object.entries(picks))).fault;
    expect(why).toBe('no-patient');
    expect(await merged(bare, picks)).toMatchObject({ faults: [{ key: 'k', why }] });
    expect(compareRecord(hands, sidesOf(undefined, first))).toBeUndefined();
  });

  test('[I5] each side is shown as it is, to the character', () => {
    const looked = compareRecord(hands, sidesOf(first, { ...second, content: `${message('ZZZ|z')}\r\r` }));
    const textOf = (side: Side) =>
      looked
        ?.textsOf(side)[0]
        ?.pieces.map(({ text }) => text)
        .join('');
    expect([textOf('first'), textOf('second')]).toEqual([first.content, `${message('ZZZ|z')}\r\r`]);
  });

  test('[T9] of many lets the page breathe', async () => {
    const pause = vi.fn(async () => {});
    const sides = Array.from({ length: 400 }, (_, i) => ({ ...sidesOf(first, second), key: `${i}` }));
    await compareRecords({ ...hands, pause }, { sides }, signal);
    const compares = pause.mock.calls.length;
    expect(compares).toBeGreaterThan(3);
    const decisions = new Map(sides.map(({ key }) => [key, 'merge' as const]));
    await checkMerged({ ...hands, pause }, { sides, decisions, picks: new Map() }, signal);
    expect(pause.mock.calls.length).toBeGreaterThan(compares + 3);
  });

  test('a store that nobody knows is a mistake of ours', async () => {
    const lost = { ...sidesOf(first, second), store: 'other' };
    await expect(compareRecords(hands, { sides: [lost] }, signal)).rejects.toThrow();
  });
});
