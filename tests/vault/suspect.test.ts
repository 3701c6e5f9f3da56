import { describe, expect, test } from 'vitest';
import { fromBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import { linesOf, type Sheet } from '../../src/vault/sheet.ts';
import { makeSuspect } from '../../src/vault/suspect.ts';
import type { RecordClass } from '../../src/vault/types.ts';

const content = {
  createdAt: '2026-01-01T00:00:00.000Z',
  data: { text: 'a' },
  id: 'a',
  store: 'notes',
  updatedAt: '2026-01-02T00:00:00.000Z',
  version: 2,
};
const given = recordChecksum(content);
const written = 'f'.repeat(64);
const record = { checksum: written, ...content, rev: 1 };
const sheet: Sheet = { kind: 'log', seq: 12, header: null, sealed: null, pages: [] };

/** The second line of page 3 of commit 12. */
function suspect(text: string, why: RecordClass = 'corrupt:checksum') {
  const body = toBytes(`first\n${text}\n`);
  const page = { page: 3, bytes: body, body, isUnreadable: false, digest: '', values: null };
  const line = linesOf(page, body, false)[1];
  if (!line) throw new Error('no line');
  return makeSuspect(line, sheet, why);
}

describe('a line that failed its checks', () => {
  test('[I4] says where it lies and which record it was, and keeps its bytes', () => {
    const text = JSON.stringify(record);
    const { aside, damage, newer } = suspect(text);
    expect(damage).toEqual({
      class: 'corrupt:checksum',
      where: 'log [12, 3] line 2',
      source: { kind: 'log', key: [12, 3] },
      store: 'notes',
      id: 'a',
      repaired: false,
    });
    expect(aside).toEqual({ aside: expect.any(String), id: 'a', store: 'notes', why: 'corrupt:checksum' });
    expect(toText(fromBase64(aside.aside))).toBe(text);
    expect(newer).toBeNull();
  });

  test('[I11] may have had two checksums: the one that is written, and the one that its content has', () => {
    const change = (after: unknown, before: unknown) => JSON.stringify({ after, before });
    const earlier = { ...record, checksum: 'e'.repeat(64) };
    expect(suspect(JSON.stringify(record)).checksums).toEqual([written, given]);
    expect(suspect(change(record, earlier)).checksums).toEqual([written, given]);
    expect(suspect(change(null, record)).checksums).toEqual([given]);
    // Of what it replaced none is taken, and none that is no checksum.
    expect(suspect(`{"after":[],"before":${JSON.stringify(earlier)}}`).checksums).toEqual([]);
    expect(suspect(JSON.stringify({ ...record, checksum: 'f'.repeat(63) })).checksums).toEqual([given]);
    expect(suspect(JSON.stringify({ data: 1, checksum: written })).checksums).toEqual([]);
    expect(suspect(`${JSON.stringify(record)}}`).checksums).toEqual([written]);
  });

  test.each([
    ['no JSON', '{"after":{"store":"notes","id":"a"', null, null],
    ['no object', '["notes","a"]', null, null],
    ['a change of nothing', '{"after":null,"before":null}', null, null],
    ['a removal', '{"after":null,"before":{"store":"notes","id":"a"}}', 'notes', 'a'],
    ['of no store', '{"store":7,"id":"a"}', null, 'a'],
    ['of no id', '{"store":"notes","id":7}', 'notes', null],
  ])('[I4] that is %s is named as far as can be', (_, text, store, id) => {
    const { aside, damage } = suspect(text, 'corrupt:shape');
    expect(aside).toMatchObject({ store, id });
    expect([damage.store ?? null, damage.id ?? null]).toEqual([store, id]);
    expect([Object.hasOwn(damage, 'store'), Object.hasOwn(damage, 'id')]).toEqual([
      store !== null,
      id !== null,
    ]);
  });

  test('[I7] of a newer build says so', () => {
    expect(suspect(JSON.stringify(record), 'newer-version').newer).toEqual({ notes: 2 });
    expect(suspect(JSON.stringify({ ...record, store: 7 }), 'newer-version').newer).toBeNull();
  });
});
