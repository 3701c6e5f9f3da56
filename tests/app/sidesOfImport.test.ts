import { describe, expect, it } from 'vitest';
import { sidesOfImport } from '../../src/app/data/import/sidesOfImport.ts';
import type { ImportSnapshot } from '../../src/app/data/import/step.ts';

const NOW = Date.parse('2026-11-23T10:30:00');
const iso = (local: string): string => new Date(local).toISOString();

/** What of the import the names of its sides depend on. */
function sides(entry: object, exportedAt: string | null = null) {
  const entries = [{ key: 'k', kind: 'conflicting', record: {}, ...entry }];
  const snapshot = { context: { preview: { plan: { entries } }, taken: { bundle: { exportedAt } } } };
  return sidesOfImport(snapshot as unknown as ImportSnapshot, NOW)('k');
}

describe('The sides of a record in conflict', () => {
  it('are named by place, with the time of the last change of each', () => {
    const here = { updatedAt: iso('2026-11-23T09:01:00') };
    const record = { updatedAt: iso('2026-11-20T16:02:00') };
    const { first, second, copyName } = sides({ here, record, copyName: 'Admit (from file, 2026-11-20)' });
    expect(first).toEqual({
      name: 'This browser',
      place: 'this browser',
      when: 'edited today, 09:01',
      exactly: expect.stringMatching(/23 November 2026.*09:01:00/),
    });
    expect(second).toMatchObject({ name: 'The file', place: 'the file', when: 'edited 20 Nov 2026' });
    expect(copyName).toBe('Admit (from file, 2026-11-20)');
  });

  it('where the record has no date, that of the file stands for it, and none where there is none', () => {
    expect(sides({}, iso('2026-11-20T16:02:00')).second.when).toBe('exported 20 Nov 2026');
    expect(sides({}).second).toEqual({ name: 'The file', place: 'the file' });
    expect(sides({ here: { updatedAt: 'no date' } }).first.when).toBeUndefined();
  });

  it('are both of the file, where that has it twice', () => {
    const { first, second } = sides({ kind: 'repeated', here: { updatedAt: iso('2026-11-23T09:01:00') } });
    expect([first, second].map(({ name }) => name)).toEqual(['The file, first time', 'The file, again']);
    expect(first.when).toBeUndefined();
  });
});
