import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/engines/errors.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { checkMarks, decodeMark, readMark } from '../../src/vault/marks.ts';
import { sha256 } from '../../src/vault/sha256.ts';
import { firstRun, makeWorld, type World } from './world.ts';
import { copiesIn } from './wreck.ts';

const stored = async ({ connection }: World, name: string) =>
  (await connection.read(['marks'], (reader) => reader.get('marks', name))) as Uint8Array;

async function marked() {
  const world = await makeWorld();
  const vault = firstRun(world);
  await vault.setMark('one', { of: 1 });
  await vault.setMark('two', [2]);
  return { world, vault, one: await stored(world, 'one'), two: await stored(world, 'two') };
}

describe('a mark', () => {
  test('[I4] is bound to its name, and is whatever JSON can hold', async () => {
    const { one, two } = await marked();
    expect(decodeMark('one', one)).toEqual({ of: 1 });
    expect(decodeMark('two', two)).toEqual([2]);
    expect(() => decodeMark('two', one)).toThrow(expect.objectContaining({ class: 'corrupt' }));
  });

  test.each([
    ['no bytes', { value: 1 }],
    ['no JSON', toBytes('{"value":')],
    ['nothing', toBytes('null')],
    ['a list', toBytes('[1]')],
    ['without a value', toBytes(JSON.stringify({ checksum: sha256('{"name":"one"}') }))],
    ['of another checksum', toBytes(JSON.stringify({ checksum: '0', value: 1 }))],
  ])('[I13] is damaged where it is %s, and is then none', (_, value) => {
    expect(() => decodeMark('one', value)).toThrow(expect.objectContaining({ class: 'corrupt' }));
    expect(readMark({ marks: [{ key: 'one', value }] }, 'one')).toBeUndefined();
    expect(checkMarks([{ key: 'one', value }])).toEqual([
      {
        class: 'corrupt:checksum',
        where: 'marks "one"',
        source: { kind: 'marks', key: 'one' },
        repaired: false,
      },
    ]);
  });

  test('[F31] that cannot be read is none, and is told', () => {
    const entry = { key: 'one', error: new StorageError('corrupt', 'unreadable') };
    expect(readMark({ marks: [entry] }, 'one')).toBeUndefined();
    expect(checkMarks([entry])).toEqual([
      { class: 'unreadable', where: 'marks "one"', source: { kind: 'marks', key: 'one' }, repaired: false },
    ]);
  });

  test('is found among others by its name', async () => {
    const { one, two } = await marked();
    const marks = [
      { key: 'one', value: one },
      { key: 'two', value: two },
    ];
    expect(['one', 'two', 'three'].map((name) => readMark({ marks }, name))).toEqual([
      { of: 1 },
      [2],
      undefined,
    ]);
    expect(checkMarks(marks)).toEqual([]);
  });

  test('[I4] is replaced and removed as it is; a damaged one is copied before', async () => {
    const { world, vault } = await marked();
    await vault.setMark('one', 3);
    await vault.setMark('two', null);
    expect([await vault.mark('one'), await vault.mark('two')]).toEqual([3, undefined]);
    expect(await copiesIn(world)).toEqual([]);
    await world.putRaw('marks', 'one', toBytes('damaged'));
    await vault.setMark('one', null);
    expect(await vault.mark('one')).toBeUndefined();
    expect(await copiesIn(world)).toEqual([['marks "one"', 'damaged']]);
  });
});
