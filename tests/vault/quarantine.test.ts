import { describe, expect, test } from 'vitest';
import { fromBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { damagedValue, decodeQuarantined, keepInQuarantine } from '../../src/vault/quarantine.ts';
import { sha256 } from '../../src/vault/sha256.ts';
import { makeWorld } from './world.ts';

const at = '2026-01-01T00:00:00.000Z';

describe('a copy of what is damaged', () => {
  test('[I4] says what it was and where, under the name of its bytes', () => {
    const found = damagedValue('log', [9, 0], toBytes('damaged'), at);
    expect(found).toEqual({
      id: sha256('damaged'),
      bytes: btoa('damaged'),
      where: 'log [9,0]',
      why: 'corrupt:checksum',
      at,
    });
    expect(damagedValue('head', 'head', toBytes('damaged'), at).where).toBe('head');
    expect(damagedValue('marks', 'seeded', toBytes('damaged'), at).where).toBe('marks "seeded"');
  });

  test('[I4] of what are no bytes is its JSON; of what has none there is no copy', () => {
    expect(toText(fromBase64(damagedValue('head', 'head', { b: 1, a: null }, at).bytes))).toBe(
      '{"a":null,"b":1}',
    );
    const cause = expect.objectContaining({ class: 'programmer' });
    expect(() => damagedValue('head', 'head', new Map(), at)).toThrow(
      expect.objectContaining({ class: 'corrupt', cause }),
    );
  });

  test('[I4] is kept once for the same bytes, and beside others under the same name', async () => {
    const { connection } = await makeWorld();
    const found = damagedValue('log', [9, 0], toBytes('damaged'), at);
    const keep = (more: object) =>
      connection.write(['quarantine'], (writer) => keepInQuarantine(writer, { ...found, ...more })).done;
    const keys = () => connection.read(['quarantine'], (reader) => reader.keys('quarantine'));
    await keep({});
    await keep({ where: 'elsewhere' });
    expect(await keys()).toEqual([found.id]);
    await keep({ bytes: btoa('other') });
    await keep({ bytes: btoa('other') });
    expect(await keys()).toEqual([found.id, `${found.id}-1`]);
    const stored = await connection.read(['quarantine'], (reader) => reader.get('quarantine', found.id));
    expect(decodeQuarantined(stored)).toEqual(found);
  });

  test.each(['{"bytes"', 'null', '[]', '{}', '{"bytes":7}', '7'])('[I13] is none where it is %s', (text) => {
    expect(decodeQuarantined(toBytes(text))).toBeNull();
    expect(decodeQuarantined(text)).toBeNull();
  });
});
