import { describe, expect, test } from 'vitest';
import { change, firstRun, makeWorld, plan, stateDump } from './world.ts';
import { edit, grown, loadDamaged, spoil } from './wreck.ts';

/** Records of one commit: one road. Those named are damaged. */
async function spoiled(size: number, ids: readonly string[]) {
  const world = await makeWorld();
  const vault = firstRun(world);
  const all = Array.from({ length: size }, (_, i) => change(vault, 'notes', `r${i}`, { text: `${i}` }));
  await vault.append(plan(all)).outcome;
  for (const id of ids) await edit(world, 'log', [1, 0], spoil(id));
  return { world, vault };
}

const idsUpTo = (count: number) => Array.from({ length: count }, (_, i) => `r${i}`);

describe('work goes on without what is damaged', () => {
  test('[I3] up to a tenth of the records, and not beyond', async () => {
    const tenth = await spoiled(30, idsUpTo(3));
    expect((await loadDamaged(tenth.world)).state?.asides).toHaveLength(3);
    const more = await spoiled(30, idsUpTo(4));
    const verdict = await loadDamaged(more.world);
    expect(verdict.state).toBeNull();
    expect(verdict.readable).toHaveLength(26);
  });

  test('[I3] of so many lines that not both checksums of each can be tried, by those that are written', async () => {
    const { world } = await spoiled(80, idsUpTo(8));
    expect((await loadDamaged(world)).state?.asides).toHaveLength(8);
  });

  /** Damages the checksum of a line, and nothing else. */
  const unsum = (id: string) => (text: string) =>
    text.replace(new RegExp(`"checksum":"....(\\w+"[^\\n]{1,120}"id":"${id}")`), '"checksum":"0000$1');

  test.each([0, 5])(
    '[I3] of few, by either: beside %i, one of which the checksum is damaged',
    async (count) => {
      const { world } = await spoiled(90, idsUpTo(count));
      await edit(world, 'log', [1, 0], unsum('r80'));
      expect((await loadDamaged(world)).state?.asides).toHaveLength(count + 1);
    },
  );

  test('[I3] and not where these do not come to the sum: a person is asked', async () => {
    const { world } = await spoiled(90, idsUpTo(6));
    await edit(world, 'log', [1, 0], unsum('r80'));
    expect((await loadDamaged(world)).state).toBeNull();
  });

  test.each([1, 7])('[I3] but not where, beside %i, there is a line that nobody wrote', async (count) => {
    const { world } = await spoiled(90, idsUpTo(count));
    await edit(
      world,
      'log',
      [1, 0],
      (text) => `${text}{"after":{"store":"notes","id":"r90"},"before":null}\n`,
    );
    expect((await loadDamaged(world)).state).toBeNull();
  });

  test.each([1, 7])('[I3] nor where, beside %i, one is missing', async (count) => {
    const { world } = await spoiled(90, idsUpTo(count));
    await edit(world, 'log', [1, 0], (text) => text.replace(/[^\n]*\n$/, ''));
    expect((await loadDamaged(world)).state).toBeNull();
  });
});

describe('what one road lost another gives back', () => {
  const isAll = async ({ world, vault }: Awaited<ReturnType<typeof grown>>) => {
    const { state, damage } = await loadDamaged(world);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
    expect(state?.asides).toEqual([]);
    expect(damage.filter(({ repaired }) => !repaired)).toEqual([]);
  };

  test('[I11] a line whose checksum is damaged, by the checksum that its content has', async () => {
    const there = await grown();
    // No road is clean: the newest one has the damaged line, the others miss an edit.
    await edit(there.world, 'snapshots', [6, 0], (text) =>
      text.replace(/{"checksum":"....(\w+"[^\n]*"id":"r20")/, '{"checksum":"0000$1'),
    );
    await there.world.putRaw('log', [3, 0], undefined);
    await isAll(there);
  });

  test('[I11] lines that are gone, by the sum that they must come to', async () => {
    const there = await grown();
    await edit(there.world, 'snapshots', [6, 0], (text) =>
      text.slice(0, text.indexOf('{', text.indexOf('"id":"r20"'))),
    );
    await there.world.putRaw('log', [3, 0], undefined);
    await isAll(there);
  });

  test('[I11] lines that are gone beside one that is damaged and nobody has', async () => {
    const { world } = await grown();
    await edit(world, 'snapshots', [6, 0], (text) =>
      text.slice(0, text.indexOf('{', text.indexOf('"id":"r20"'))),
    );
    await edit(world, 'log', [9, 0], spoil('r9'));
    await world.putRaw('log', [3, 0], undefined);
    const { state, readable } = await loadDamaged(world);
    expect(state?.asides).toMatchObject([{ id: 'r9' }]);
    expect(readable).toHaveLength(29);
  });

  test('[I11] also where it does not help the whole: what is repaired is told as such', async () => {
    const { world } = await grown();
    await edit(world, 'snapshots', [6, 0], spoil('r20'));
    await world.putRaw('log', [8, 0], undefined);
    const { state, damage } = await loadDamaged(world);
    expect(state).toBeNull();
    expect(damage.find(({ id }) => id === 'r20')).toMatchObject({ repaired: true });
    expect(damage.find(({ where }) => where === 'log [8, 0]')).toMatchObject({ repaired: false });
  });
});
