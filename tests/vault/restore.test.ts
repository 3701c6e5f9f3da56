import { describe, expect, test } from 'vitest';
import type { VaultState } from '../../src/vault/contract.ts';
import { emptyState, openDraft } from '../../src/vault/draft.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import { restoreChanges } from '../../src/vault/restore.ts';
import type { Rules, StoreRules } from '../../src/vault/rules.ts';
import type { Envelope } from '../../src/vault/types.ts';
import { migrationChanges, upgrade } from '../../src/vault/upgrade.ts';

const record = (store: string, id: string, rev: number, version = 2): Envelope => {
  const content = {
    createdAt: `2026-01-0${rev}T00:00:00.000Z`,
    data: { rev },
    id,
    store,
    updatedAt: `2026-02-0${rev}T00:00:00.000Z`,
    version,
  };
  return { ...content, checksum: recordChecksum(content), rev };
};

const stateOf = (...records: Envelope[]): VaultState => {
  const draft = openDraft(emptyState('v'));
  for (const one of records) draft.set(one.store, one.id, one);
  return draft.close({ head: { seq: 1, seal: 'seal' } });
};

const rules: Rules = new Map<string, StoreRules>([
  ['notes', { version: 2, isSound: () => true, migrate: (data, version) => ({ was: data, of: version }) }],
  ['settings', { version: 2, isSound: () => true }],
]);

describe('a restore', () => {
  test('[I16] leaves what is equal alone, puts back what was there, and removes what was not', () => {
    const now = stateOf(record('notes', 'same', 1), record('notes', 'edited', 3), record('notes', 'new', 4));
    const wanted = stateOf(
      record('notes', 'same', 1),
      record('notes', 'edited', 2),
      record('notes', 'gone', 5),
      record('settings', 's', 1),
    );
    const put = (store: string, id: string, rev: number, baseRev: number) => ({
      store,
      id,
      data: { rev },
      createdAt: `2026-01-0${rev}T00:00:00.000Z`,
      baseRev,
      lastRev: rev,
    });
    expect(restoreChanges(now, wanted, rules)).toEqual([
      put('notes', 'edited', 2, 3),
      put('notes', 'gone', 5, 0),
      put('settings', 's', 1, 0),
      { store: 'notes', id: 'new', data: undefined, baseRev: 4 },
    ]);
    expect(restoreChanges(now, now, rules)).toEqual([]);
    expect(restoreChanges(wanted, stateOf(), rules)).toHaveLength(4);
  });
});

describe('an older record', () => {
  test('[I6] is brought to this version, a present one and one of an unknown store are left as they are', () => {
    const old = record('notes', 'old', 1, 1);
    expect(upgrade(old, rules.get('notes'))).toEqual({ was: { rev: 1 }, of: 1 });
    expect(upgrade(record('notes', 'a', 1, 2), rules.get('notes'))).toEqual({ rev: 1 });
    expect(upgrade(old, undefined)).toEqual({ rev: 1 });
    expect(() => upgrade(record('settings', 's', 1, 1), rules.get('settings'))).toThrow(
      expect.objectContaining({ class: 'programmer' }),
    );
  });

  test('[I6] is what a migration changes, and nothing else', () => {
    const state = stateOf(
      record('notes', 'old', 3, 1),
      record('notes', 'new', 1),
      record('other', 'o', 1, 1),
    );
    expect(migrationChanges(state, rules)).toEqual([
      { store: 'notes', id: 'old', data: { was: { rev: 3 }, of: 1 }, baseRev: 3 },
    ]);
  });
});
