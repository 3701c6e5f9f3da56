import { describe, expect, test } from 'vitest';
import { readLines } from '../../src/safeMode/lines.ts';
import type { Stored } from '../../src/safeMode/stored.ts';
import { templatesIn } from '../../src/safeMode/templates.ts';
import { wholeFile } from '../../src/safeMode/wholeFile.ts';
import { fold } from '../../src/vault/fold.ts';
import type { Json } from '../../src/vault/types.ts';
import { seededRandom } from '../support/environment.ts';
import { change, firstRun, makeWorld, plan, type World } from '../vault/world.ts';

const RULES = new Map([['templates', { version: 1, isSound: () => true }]]);
const SEED = Number(process.env.SEED ?? 7);

/** What lies in a world, as safe mode finds it. */
async function storedIn({ connection }: Pick<World, 'connection'>): Promise<Stored> {
  const stores = await Promise.all(
    (['head', 'log', 'snapshots'] as const).map(async (name) => ({
      name,
      values: (await connection.read([name], (reader) => reader.entries(name))).map((entry) =>
        'error' in entry
          ? { key: entry.key as IDBValidKey, error: 'UnknownError' }
          : { key: entry.key as IDBValidKey, value: entry.value },
      ),
    })),
  );
  return { own: { name: 'hl7-workbench', stores }, old: { name: 'hl7-helper-db', stores: null }, texts: {} };
}

async function templatesOf(stored: Stored) {
  const { rows, damaged } = await templatesIn(stored, readLines(stored));
  return { rows: rows as { id: string; name: string }[], damaged };
}

const byId = (rows: readonly { id: string }[]) =>
  [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));

describe('safe mode reads templates with code of its own', () => {
  test('after any commits and folds it finds what the vault has, and what was deleted stays out', async () => {
    const world = await makeWorld('memory', { rules: RULES });
    const vault = firstRun(world);
    const random = seededRandom(SEED);
    const pick = (size: number) => Math.floor(random() * size);
    let folds = 0;
    for (let commit = 1; commit <= 200; commit += 1) {
      world.environment.clock.increment(pick(4_000_000));
      const id = `t${pick(12)}`;
      const isThere = vault.state().records.get('templates')?.has(id);
      const data: Json | undefined =
        isThere && random() < 0.3 ? undefined : { id, name: `${commit} ü\ud800"\\`, content: 'MSH|\r' };
      await vault.append(plan([change(vault, 'templates', id, data)], { agreed: true })).outcome;
      if (random() < 0.05 && (await fold(world.connection, world)).kind === 'folded') folds += 1;
      if (commit % 10 > 0) continue;
      const { rows, damaged } = await templatesOf(await storedIn(world));
      const kept = [...(vault.state().records.get('templates')?.values() ?? [])].map(({ data: row }) => row);
      expect(byId(rows)).toEqual(byId(kept as { id: string }[]));
      expect(damaged).toBe(0);
    }
    expect(folds).toBeGreaterThan(3);
  });

  test('[I3] whatever byte is flipped, no damaged template is handed out as if it were sound', async () => {
    const world = await makeWorld('memory', { rules: RULES });
    const vault = firstRun(world);
    const saved = ['a', 'b'].map((id) => ({ id, name: `Name ${id}`, content: 'MSH|^~\\&|A\rPID|1' }));
    await vault.append(plan(saved.map((data) => change(vault, 'templates', data.id, data)))).outcome;
    const stored = await storedIn(world);
    const page = stored.own.stores?.find(({ name }) => name === 'log')?.values[0];
    if (!page || !('value' in page) || !(page.value instanceof Uint8Array)) throw new Error('no page');
    const sound = saved.map((row) => JSON.stringify(row));
    for (let at = 0; at < page.value.length; at += 1) {
      for (const mask of [1, 32]) {
        page.value[at] = (page.value[at] ?? 0) ^ mask;
        const { rows } = await templatesOf(stored);
        for (const row of rows.filter(({ name }) => !String(name).endsWith(' (damaged?)')))
          expect(sound, `byte ${at}`).toContain(JSON.stringify(sorted(row)));
        page.value[at] = (page.value[at] ?? 0) ^ mask;
      }
    }
  });

  test('the whole file holds every byte, and names what could not be read', () => {
    const value = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    const stored: Stored = {
      own: {
        name: 'hl7-workbench',
        stores: [
          {
            name: 'log',
            values: [
              { key: [1, 0], value },
              { key: [2, 0], error: 'NotReadableError' },
            ],
          },
          { name: 'head', values: [], error: 'UnknownError' },
        ],
      },
      old: { name: 'hl7-helper-db', stores: null },
      texts: { 'hl7-workbench:witness': '{}' },
    };
    const file = JSON.parse(wholeFile(stored, '2026-01-01T00:00:00.000Z'));
    expect([...Buffer.from(file.stored.log[0].base64, 'base64')]).toEqual([...value]);
    expect(file.stored.log[1]).toEqual({ key: [2, 0], error: 'NotReadableError' });
    expect(file.stored.head).toEqual({ error: 'UnknownError' });
    expect(file.old.stored).toBeNull();
    expect(file.localStorage).toEqual(stored.texts);
  });
});

function sorted({ id, name, ...rest }: { id: string; name: string }): unknown {
  return { id, name, ...rest };
}
