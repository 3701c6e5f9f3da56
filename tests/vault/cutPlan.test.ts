import { describe, expect, test } from 'vitest';
import type { Connection, Kind } from '../../src/engines/contract.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import type { Vault } from '../../src/vault/contract.ts';
import { fold } from '../../src/vault/fold.ts';
import type { Rules } from '../../src/vault/rules.ts';
import { firstRun, makeWorld, RULES, save, stateDump, type World } from './world.ts';
import { copiesIn, textAt } from './wreck.ts';

/** Snapshots of 2 and 4, the log of 1 to 5: the next fold makes 4 the older one, so that 2 goes. */
async function grown(): Promise<{ world: World; vault: Vault }> {
  const world = await makeWorld();
  const vault = firstRun(world);
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await save(vault, id, { text: id });
    if (id === 'b' || id === 'd') await fold(world.connection, world);
  }
  return { world, vault };
}

const keysOf = ({ connection }: World, kind: Kind) => connection.read([kind], (reader) => reader.keys(kind));

describe('what a cut takes away', () => {
  test.each([
    ['a line', '"text":"d"', '"text":"!"'],
    ['the header', '"by":"d-test"', '"by":"d-lost"'],
  ])(
    '[I4] of the commit under the older snapshot, where %s is damaged, a copy says what it was and where',
    async (_, sound, wreck) => {
      const { world, vault } = await grown();
      const text = (await textAt(world, 'log', [4, 0])).replace(sound, wreck);
      await world.putRaw('log', [4, 0], toBytes(text));
      expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
      expect(await copiesIn(world)).toEqual([['log [4,0]', text]]);
      expect(await keysOf(world, 'log')).not.toContainEqual([4, 0]);
      expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
    },
  );

  test('[I4] an old snapshot of which nothing but the header is damaged is copied all the same', async () => {
    const { world } = await grown();
    const text = (await textAt(world, 'snapshots', [2, 0])).replace('"anchor":"', '"anchor":"!');
    await world.putRaw('snapshots', [2, 0], toBytes(text));
    await fold(world.connection, world);
    expect(await copiesIn(world)).toEqual([['snapshots [2,0]', text]]);
    expect(await keysOf(world, 'snapshots')).toEqual([
      [4, 0],
      [5, 0],
    ]);
  });

  test('[I4] of a fold that died, a page with one line that is not as it was written is copied', async () => {
    const { world } = await grown();
    const lines = (await textAt(world, 'snapshots', [4, 0])).replace(/^.*\n/, '');
    const odd = lines.replace('"text":"b"', '"text":"!"');
    await world.putRaw('snapshots', [3, 1], toBytes(odd));
    await world.putRaw('snapshots', [3, 2], toBytes(lines));
    await fold(world.connection, world);
    expect(await copiesIn(world)).toEqual([['snapshots [3,1]', odd]]);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([4, 5]);
  });

  test('of a fold that an older build began, sound pages just go', async () => {
    const { world } = await grown();
    const lines = (await textAt(world, 'snapshots', [4, 0])).replace(/^.*\n/, '');
    await world.putRaw('snapshots', [3, 1], toBytes(lines));
    const rules: Rules = new Map(RULES).set('notes', {
      version: 2,
      isSound: () => true,
      migrate: (data) => data,
    });
    expect(await fold(world.connection, { ...world, rules })).toMatchObject({ kind: 'folded' });
    expect(await copiesIn(world)).toEqual([]);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([4, 5]);
  });
});

describe('a cut takes nothing', () => {
  const keptSeqs = async (world: World) => (await keysOf(world, 'snapshots')).map(([seq]) => seq);

  test('[I11] where the log does not lead from the older snapshot to its end', async () => {
    const { world } = await grown();
    let reads = 0;
    const connection: Connection = {
      ...world.connection,
      async read(kinds, body) {
        reads += 1;
        // The state, what was written, and then what there is to cut.
        if (reads === 3) await world.putRaw('log', [6, 0], toBytes('of another tab'));
        return world.connection.read(kinds, body);
      },
    };
    expect(await fold(connection, world)).toMatchObject({ kind: 'folded' });
    expect(reads).toBe(3);
    expect(await keptSeqs(world)).toEqual([2, 4, 5]);
  });

  test('[I11] where another tab took of the log meanwhile', async () => {
    const { world } = await grown();
    const connection: Connection = {
      ...world.connection,
      write(kinds, body) {
        if (!kinds.includes('log')) return world.connection.write(kinds, body);
        const gone = world.putRaw('log', [1, 0], undefined);
        return {
          done: gone.then(() => world.connection.write(kinds, body).done),
          abort: async () => 'aborted',
        };
      },
    };
    expect(await fold(connection, world)).toMatchObject({ kind: 'folded' });
    expect(await keptSeqs(world)).toEqual([2, 4, 5]);
  });
});
