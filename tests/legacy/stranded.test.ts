import { describe, expect, it } from 'vitest';
import { createLocalStorageEngine } from '../../src/engines/localstorage.ts';
import { createOwner } from '../../src/engines/owner.ts';
import { openedBy } from '../../src/services/opened.ts';
import { emptyState } from '../../src/vault/draft.ts';
import type { Change, Json } from '../../src/vault/types.ts';
import { createVault } from '../../src/vault/vault.ts';
import { NAME } from '../paths/world/scene.ts';
import { type LegacyWorld, recordsOf, template, withLegacy } from './legacyWorld.ts';

/** A session on the fallback engine, because IndexedDB did not open: as the app of that visit wrote it. */
async function strand(world: LegacyWorld, templates: readonly { [member: string]: Json }[]): Promise<void> {
  const { rules } = world.hands;
  const environment = { ...world.environment, now: () => Date.parse('2026-05-05T05:05:05.000Z') };
  const owner = createOwner(createLocalStorageEngine(environment, NAME), environment);
  const { connection } = await openedBy(owner);
  const state = emptyState('fallback');
  const vault = createVault({
    connection,
    state,
    rules,
    environment,
    name: `${NAME}:stand-in`,
    device: 'fallback',
  });
  const changes = templates.map(
    (data): Change => ({ store: 'templates', id: String(data.id), data, baseRev: 0 }),
  );
  const outcome = await vault.append({ id: 'fallback', kind: 'save', label: 'fallback', changes }).outcome;
  expect(outcome.kind).toBe('committed');
  owner.close();
}

/** All that the fallback engine holds, by name. */
function strandedText({ origin: { localStorage } }: LegacyWorld): string {
  const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '').sort();
  return JSON.stringify(
    names
      .filter((name) => name.startsWith(NAME) && name !== `${NAME}:witness`)
      .map((name) => [name, localStorage.getItem(name)]),
  );
}

describe('Data that a session on the fallback engine wrote', () => {
  it('[B20] [X06] [I9] is seen once IndexedDB works, with its dates; its own bytes stay', async () => {
    await withLegacy(async (world) => {
      await strand(world, [template('a'), template('b')]);
      const before = strandedText(world);
      const result = await world.loaded();
      expect(recordsOf(result, 'templates').map(({ id, updatedAt }) => [id, updatedAt])).toEqual([
        ['a', '2026-05-05T05:05:05.000Z'],
        ['b', '2026-05-05T05:05:05.000Z'],
      ]);
      expect(result.migrated?.sources).toMatchObject([
        { source: 'fallback engine', imported: 2, state: 'done' },
      ]);
      expect(strandedText(world)).toBe(before);
      expect((await world.loaded()).migrated).toBeNull();
    });
  });

  it('[I9] is compared with what is there: both versions of a record stay reachable', async () => {
    await withLegacy(async (world) => {
      const { state } = await world.loaded();
      await world.load(state);
      const here = template('a', { name: 'here' });
      const change = { store: 'templates', id: 'a', data: here, baseRev: 0 };
      await world.vault.append({ id: 'here', kind: 'save', label: 'here', changes: [change] }).outcome;
      await strand(world, [template('a', { name: 'there' }), template('b')]);
      const result = await world.loaded();
      expect(recordsOf(result, 'templates')).toHaveLength(2);
      const reachable = `${await world.dump()} ${JSON.stringify(await world.quarantine())}`;
      expect(reachable).toContain('here');
      expect(reachable).toContain('there');
    });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 40)],
    ['garbled', (text: string) => text.replace('Template b', 'Template x')],
  ])(
    '[B36] that is %s is not taken for nothing: the start goes on, and its bytes stay',
    async (_, damage) => {
      await withLegacy(async (world) => {
        await strand(world, [template('a'), template('b')]);
        const { localStorage } = world.origin;
        const name = Array.from(
          { length: localStorage.length },
          (_unused, at) => localStorage.key(at) ?? '',
        ).find((key) => key.startsWith(`${NAME}:log:`));
        localStorage.setItem(name ?? '', damage(localStorage.getItem(name ?? '') ?? ''));
        const before = strandedText(world);
        const result = await world.loaded();
        expect(result.isFirstRun).toBe(false);
        expect(recordsOf(result, 'templates').some(({ id }) => id === 'b')).toBe(false);
        expect(result.migrated?.sources.map(({ state }) => state)).not.toContain('done');
        expect(strandedText(world)).toBe(before);
      });
    },
  );
});
