import { describe, expect, test } from 'vitest';
import { classifyContent, classifyRecord, classifySeedRecord, isEnvelope } from '../../src/vault/classify.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import type { Rules, StoreRules } from '../../src/vault/rules.ts';
import { seedChecksum } from '../../src/vault/seedChecksum.ts';

const rule: StoreRules = { version: 2, isSound: (data) => data !== 'refused' };
const rules: Rules = new Map([['notes', rule]]);

const content = {
  createdAt: '2026-01-01T00:00:00.000Z',
  data: { text: 'a' },
  id: 'a',
  store: 'notes',
  updatedAt: '2026-01-02T00:00:00.000Z',
  version: 2,
};
const record = { ...content, checksum: recordChecksum(content), rev: 1 };

const wrong = [
  ...Object.keys(record).map((member) => [member, undefined]),
  ...['checksum', 'createdAt', 'updatedAt', 'id', 'store'].map((member) => [member, 7]),
  ...['rev', 'version'].flatMap((member) => [0, -1, 0.5, '1'].map((value) => [member, value])),
] as [string, unknown][];

describe('a record', () => {
  test('[I3] is one when each of its eight members is of its type', () => {
    expect(isEnvelope(record)).toBe(true);
    for (const value of [null, undefined, 7, 'text', [record]]) expect(isEnvelope(value)).toBe(false);
  });

  test.each(wrong)('[I3] is none where %s is %s', (member, value) => {
    expect(isEnvelope({ ...record, [member]: value })).toBe(false);
    expect(classifyRecord({ ...record, [member]: value }, rules)).toBe('corrupt:shape');
  });

  test('[I3] is judged by shape, checksum, schema and age, in that order', () => {
    const made = (more: object) => {
      const changed = { ...content, ...more };
      return { ...changed, checksum: recordChecksum(changed), rev: 1 };
    };
    expect(classifyRecord(undefined, rules)).toBe('missing');
    for (const value of [null, 'text', [record]]) expect(classifyRecord(value, rules)).toBe('corrupt:shape');
    expect(classifyRecord(record, rules)).toBe('ok');
    expect(classifyRecord({ ...record, data: { text: 'b' } }, rules)).toBe('corrupt:checksum');
    expect(classifyRecord({ ...record, data: Number.NaN }, rules)).toBe('corrupt:shape');
    expect(classifyRecord(made({ data: 'refused' }), rules)).toBe('corrupt:shape');
    expect(classifyRecord(made({ version: 1 }), rules)).toBe('needs-migration');
    expect(classifyRecord({ ...record, version: 3 }, rules)).toBe('newer-version');
    expect(classifyContent({ ...record, version: 3 }, rule)).toBe('newer-version');
  });

  test('[I20] of an unknown store is judged by its checksum alone', () => {
    const unknown = { ...content, store: 'other', version: 9, data: 'refused' };
    expect(classifyRecord({ ...unknown, checksum: recordChecksum(unknown), rev: 1 }, rules)).toBe('ok');
  });
});

describe('what the seed stored', () => {
  const { createdAt, updatedAt } = content;
  const seed = (data: unknown) => ({ createdAt, updatedAt, version: 1, checksum: seedChecksum(data), data });

  test('[I6] is brought to this version where it is sound', () => {
    expect(classifySeedRecord(seed('sound'), rule)).toBe('needs-migration');
    expect(classifySeedRecord({ ...seed('sound'), version: 0 }, rule)).toBe('needs-migration');
    expect(classifySeedRecord([], rule)).toBe('needs-migration');
    expect(classifySeedRecord(undefined, rule)).toBe('missing');
  });

  test.each([
    ['createdAt', 7],
    ['updatedAt', 7],
    ['checksum', 7],
    ['version', '1'],
    ['version', -1],
    ['data', undefined],
    ['data', 7n],
  ])('[I3] is damaged in its shape where %s is %s', (member, value) => {
    expect(classifySeedRecord({ ...seed('sound'), [member]: value }, rule)).toBe('corrupt:shape');
  });

  test('[I3] is damaged where its checksum is another one, or its schema refuses it', () => {
    expect(classifySeedRecord({ ...seed('sound'), data: 'other' }, rule)).toBe('corrupt:checksum');
    expect(classifySeedRecord(seed('refused'), rule)).toBe('corrupt:shape');
    for (const value of [null, 'text']) expect(classifySeedRecord(value, rule)).toBe('corrupt:shape');
    expect(classifySeedRecord([], { ...rule, isSound: () => false })).toBe('corrupt:shape');
  });

  test('[I7] is newer where its version says so, whatever else is wrong', () => {
    expect(classifySeedRecord({ version: 3 }, rule)).toBe('newer-version');
  });
});
