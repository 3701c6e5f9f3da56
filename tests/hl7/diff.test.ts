import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareMessages, type MessageComparison, type Side, type Versions } from '../../src/hl7/index.ts';

const MSH = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5';

/** Messages that have segments, fields and parts in common often enough. */
const word = fc.constantFrom('', 'A', 'B', 'x y', '""', 'ä\ud800');
const field = fc
  .array(
    fc.array(
      fc.array(word, { maxLength: 2 }).map((subs) => subs.join('&')),
      { maxLength: 3 },
    ),
    { maxLength: 2 },
  )
  .map((repetitions) => repetitions.map((components) => components.join('^')).join('~'));
const line = fc
  .tuple(fc.constantFrom('PID|1', 'PV1|1', 'OBX|1', 'OBX|2', 'ZZZ', 'NTE'), fc.array(field, { maxLength: 4 }))
  .map(([head, fields]) => [head, ...fields].join('|'));
const messageText = fc
  .tuple(fc.array(line, { maxLength: 5 }), fc.constantFrom('\r', '\n', '\r\n', '\n\n'), fc.boolean())
  .map(([lines, end, isEnded]) => [MSH, ...lines].join(end) + (isEnded ? end : ''));

function compared(texts: Versions<string>): MessageComparison {
  const comparison = compareMessages(texts);
  if (!comparison) throw new Error('not comparable');
  return comparison;
}

const text = (...lines: string[]) => [MSH, ...lines].join('\r');
const rowsOf = (texts: Versions<string>) =>
  compared(texts).rows.map(({ path, first, second, changed }) => [path, first, second, changed]);
const merged = (texts: Versions<string>, sides: Readonly<Record<string, Side>>) =>
  compared(texts).merge(({ path }) => sides[path] ?? 'first');

describe('comparing two messages', () => {
  test('[I5] finds the smallest place that differs: field, repetition, component, subcomponent', () => {
    const first = text('PID|1||A^B~C^D&E|X', 'PV1|1|I');
    const second = text('PID|1||A^Z~C^D&F|Y', 'PV1|1|I');
    expect(rowsOf({ first, second })).toEqual([
      ['PID-3.2', 'B', 'Z', 'both'],
      ['PID-3[2].2.2', 'E', 'F', 'both'],
      ['PID-4', 'X', 'Y', 'both'],
    ]);
  });

  test('[I19] how lines end, and blank lines, are no difference', () => {
    const first = text('PID|1|A', 'PV1|1');
    const second = `${first.replaceAll('\r', '\r\n\r\n')}\n`;
    const same = compared({ first, second });
    expect(same.rows).toEqual([]);
    expect(same.merge(() => 'second')).toBe(first);
  });

  test('[I5] says who changed a place, where what both came from is known', () => {
    const base = text('PID|1|A|B|C', 'NK1|1|M');
    const first = text('PID|1|A1|B|C', 'NK1|1|M', 'NK1|2|N');
    const second = text('PID|1|A|B2|C2');
    expect(rowsOf({ first, second, base })).toEqual([
      ['PID-2', 'A1', 'A', 'first'],
      ['PID-3', 'B', 'B2', 'second'],
      ['PID-4', 'C', 'C2', 'second'],
      ['NK1', 'NK1|1|M', undefined, 'second'],
      ['NK1[2]', 'NK1|2|N', undefined, 'first'],
    ]);
    expect(rowsOf({ first: text('PID|1|A1'), second: text('PID|1|A2'), base })[0]?.[3]).toBe('both');
  });

  test('[I5] segments are the same one by name and set id, not by their line', () => {
    const first = text('OBX|1|ST|x', 'OBX|2|ST|y', 'ZZZ|a', 'ZZZ|b');
    const second = text('OBX|2|ST|y2', 'OBX|3|ST|z', 'ZZZ|a', 'ZZZ|b2');
    expect(rowsOf({ first, second }).map(([path]) => path)).toEqual([
      'OBX',
      'OBX[2]-3',
      'OBX[3]',
      'ZZZ[2]-1',
    ]);
    expect(rowsOf({ first: text('PID|1|A'), second: text('PID|2|A') })).toEqual([
      ['PID-1', '1', '2', 'both'],
    ]);
  });

  test('segments of one message are not taken for those of another', () => {
    const first = `${text('PID|1|A')}\r${text('PID|1|B')}`;
    const second = `${text('PID|1|A')}\r${text('PID|1|C')}`;
    expect(rowsOf({ first, second })).toEqual([['PID[2]-2', 'B', 'C', 'both']]);
  });

  test('another order is a place of its own', () => {
    const first = text('PID|1', 'PV1|1', 'NK1|1');
    const second = text('PID|1', 'NK1|1', 'PV1|1');
    expect(rowsOf({ first, second })).toEqual([['order', 'MSH PID PV1 NK1', 'MSH PID NK1 PV1', 'both']]);
    expect(rowsOf({ first, second, base: first })[0]?.[3]).toBe('second');
    expect(rowsOf({ first, second, base: second })[0]?.[3]).toBe('first');
    expect(rowsOf({ first, second, base: text('PV1|1', 'NK1|1', 'PID|1') })[0]?.[3]).toBe('both');
    const changed = text('PID|1', 'NK1|1|Z', 'PV1|1|I');
    const sides = { order: 'second', 'PV1-2': 'second', 'NK1-2': 'first' } as const;
    expect(merged({ first, second: changed }, sides)).toBe(text('PID|1', 'NK1|1', 'PV1|1|I'));
  });

  test('where the second order is taken, what only the first has stays behind what it follows there', () => {
    const first = ['NTE|1', MSH, 'PID|1|A', 'ZZZ|z', 'PV1|1'].join('\r');
    const second = [MSH, 'PV1|1', 'PID|1|B'].join('\r');
    const sides = { order: 'second', 'PID-2': 'second' } as const;
    expect(merged({ first, second }, sides)).toBe(['NTE|1', MSH, 'PV1|1', 'PID|1|B', 'ZZZ|z'].join('\r'));
  });

  test('counts what is the same', () => {
    expect(compared({ first: text('PID|1||A'), second: text('PID|1||B') }).same).toBe(12);
  });

  test('names what is the same, as it counts it', () => {
    const first = `${MSH}X\rPID|1||A|B\rPV1|1|I\rPV1|2|O`;
    const second = text('PID|1||A|C', 'PV1|1|I', 'PV1|2|O', 'ZZZ|z');
    const comparison = compared({ first, second });
    const found = comparison.sameFields();
    expect(found).toHaveLength(comparison.same);
    expect(found.map(({ path, wire }) => `${path}=${wire}`)).toEqual(
      expect.arrayContaining(['MSH-2=^~\\&', 'MSH-11=P', 'PID-1=1', 'PID-3=A', 'PV1-2=I', 'PV1[2]-2=O']),
    );
    expect(found.map(({ path }) => path)).not.toContain('MSH-12');
    expect(found.map(({ path }) => path)).not.toContain('PID-4');
  });

  test.each([
    ['lines that are no segments', 'Dear colleague', MSH],
    ['nothing', '', MSH],
    ['other delimiters', 'MSH|$~\\&|A', MSH],
    ['nothing but empty fields at the end', text('PID|1|'), text('PID|1')],
    ['a text that nobody compares by field', `${MSH}\rZZZ|${'a'.repeat(1_000_000)}`, MSH],
    ['noise without end', `${MSH}\rZZZ${'|a'.repeat(3_000)}`, `${MSH}\rZZZ${'|b'.repeat(3_000)}`],
  ])('[I5] is not done by field where that says nothing: %s', (_, first, second) => {
    expect(compareMessages({ first, second })).toBeUndefined();
  });

  test('[I5] a base that cannot be read leaves nothing to compare with', () => {
    expect(compareMessages({ first: MSH, second: MSH, base: 'free text' })).toBeUndefined();
  });
});

test('[T9] takes time in proportion to the text', () => {
  const many = (count: number) => ({ first: MSH, second: text(...Array<string>(count).fill('ZZZ|a')) });
  const timed = (count: number) => {
    const began = performance.now();
    for (let i = 0; i < 2; i += 1) compareMessages(many(count));
    return performance.now() - began;
  };
  timed(1_000);
  // Ten times the text; were it quadratic, a hundred times the time.
  expect(timed(30_000) / Math.max(timed(3_000), 1)).toBeLessThan(50);
});

describe('merging two messages', () => {
  const first = text('PID|1||A^B^^', 'NK1|1|M', 'PV1|1|I').replaceAll('\r', '\r\n');
  const second = text('PID|1||Z^B^C^D', 'PV1|1|O||', 'ZZZ|n');

  test('[I5] [I19] takes a side at each place and leaves every other character as it is', () => {
    const sides = { 'PID-3.3': 'second', NK1: 'second', ZZZ: 'second' } as const;
    expect(merged({ first, second }, sides)).toBe(
      text('PID|1||A^B^C^', 'PV1|1|I', 'ZZZ|n').replaceAll('\r', '\r\n'),
    );
  });

  test('[I19] what comes after an empty part stays at its place', () => {
    const versions = { first: text('PID|1|A', 'PV1|1'), second: text('PID|1|Z^^C', 'PV1|1') };
    expect(merged(versions, { 'PID-2.3': 'second' })).toBe(text('PID|1|A^^C', 'PV1|1'));
    expect(merged(versions, { 'PID-2.1': 'second' })).toBe(text('PID|1|Z', 'PV1|1'));
  });

  test('[I19] a header keeps its delimiters', () => {
    const other = first.replace('|A|B|', '|A|B2|').replace('PV1|1|I', 'PV1|1|J');
    expect(merged({ first, second: other }, { 'MSH-4': 'second' })).toBe(first.replace('|A|B|', '|A|B2|'));
  });

  test('[I19] all from one side is that side, to the character', () => {
    fc.assert(
      fc.property(messageText, messageText, (one, other) => {
        const comparison = compareMessages({ first: one, second: other });
        fc.pre(comparison !== undefined);
        if (comparison.rows.length === 0) return;
        expect(comparison.merge(() => 'first')).toBe(one);
        expect(comparison.merge(() => 'second')).toBe(other);
      }),
    );
  });

  test('[I5] says of each piece of a merge what place it is of, and both sides of it', () => {
    const sides: Readonly<Record<string, Side>> = { 'PID-3.1': 'second', ZZZ: 'second' };
    const pieces = compared({ first, second }).pieces(({ path }) => sides[path] ?? 'first');
    expect(pieces.flatMap(({ path, text: piece }) => (path === null ? [] : [[path, piece]]))).toEqual([
      ['PID-3.1', 'Z'],
      ['PID-3.3', ''],
      ['PID-3.4', ''],
      ['NK1', 'NK1|1|M'],
      ['PV1-2', 'I'],
      ['ZZZ', 'ZZZ|n'],
    ]);
  });

  test('[I5] the pieces of a merge hold at each place what the side that was taken has there', () => {
    fc.assert(
      fc.property(messageText, messageText, fc.infiniteStream(fc.boolean()), (one, other, coins) => {
        const comparison = compareMessages({ first: one, second: other });
        fc.pre(comparison !== undefined);
        const sides = new Map(
          comparison.rows.map(({ path }): [string, Side] => [path, coins.next().value ? 'first' : 'second']),
        );
        const sideOf = ({ path }: { path: string }) => sides.get(path) ?? 'first';
        const pieces = comparison.pieces(sideOf);
        const placed = comparison.rows.filter(({ path }) => path !== 'order');
        for (const { path, text: piece } of pieces.filter((each) => each.path !== null))
          expect(piece).toBe(placed.find((row) => row.path === path)?.[sides.get(path ?? '') ?? 'first']);
        const taken = placed.filter((row) => row[sideOf(row)] !== undefined);
        expect(pieces.filter(({ path }) => path !== null)).toHaveLength(taken.length);
      }),
      { numRuns: 150 },
    );
  });

  test('[I5] a merge differs from each side only where the other was taken', () => {
    fc.assert(
      fc.property(messageText, messageText, fc.infiniteStream(fc.boolean()), (one, other, coins) => {
        const comparison = compareMessages({ first: one, second: other });
        fc.pre(comparison !== undefined && !comparison.rows.some(({ path }) => path === 'order'));
        const sides = new Map(
          comparison.rows.map(({ path }): [string, Side] => [path, coins.next().value ? 'first' : 'second']),
        );
        const made = comparison.merge(({ path }) => sides.get(path) ?? 'first');
        // Whole segments that are left out may give others another number: then paths do not compare.
        fc.pre(comparison.rows.every(({ path }) => path.includes('-')));
        for (const side of ['first', 'second'] as const) {
          const left = compareMessages({ first: made, second: side === 'first' ? one : other });
          for (const { path } of left?.rows ?? []) expect([path, sides.get(path)]).not.toEqual([path, side]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
