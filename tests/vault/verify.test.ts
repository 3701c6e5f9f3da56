import { describe, expect, test } from 'vitest';
import { witnessKey } from '../../src/engines/witness.ts';
import { fromBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { firstRun, makeWorld, NAME, plan, save, stateDump, vaultFrom } from './world.ts';
import { copiesIn, edit, grown, loadDamaged, spoil } from './wreck.ts';

/** Of no line is left what it was: neither its content, nor its checksum. */
const spoilAll = (text: string) =>
  text.replaceAll('"text":"', '"text":"!').replaceAll('"checksum":"', '"checksum":"!');

const linesOf = (asides: readonly { aside: string }[]) =>
  asides.map(({ aside }) => toText(fromBase64(aside)));

describe('a verdict over several roads', () => {
  test('names no damage behind the first road that holds: what is not needed is not judged', async () => {
    const { world, vault } = await grown();
    await edit(world, 'snapshots', [6, 0], spoil('r9'));
    await edit(world, 'log', [1, 0], spoil('r20'));
    const { damage, state } = await loadDamaged(world);
    expect(damage).toMatchObject([
      { where: expect.stringMatching(/^snapshots \[6, 0\] line/), repaired: true },
    ]);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
  });

  test('[I3] what one road makes up for another is told as such, and what none does is not', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], spoil('r9'));
    await edit(world, 'snapshots', [1, 0], spoil('r20'));
    const { damage, state } = await loadDamaged(world);
    expect(damage.map(({ id, repaired }) => [id, repaired]).sort()).toEqual([
      ['r20', true],
      ['r9', false],
    ]);
    expect(state?.asides).toMatchObject([{ store: 'notes', id: 'r9' }]);
    expect(state?.rebase).not.toBeNull();
  });

  test('[I3] what was set aside earlier is told again, with the record it was, where that is known', async () => {
    const { world, vault } = await grown();
    await save(vault, 'r6', { text: 'fourth' });
    await edit(world, 'log', [9, 0], spoil('r9'));
    await edit(world, 'log', [10, 0], (text) => text.replace('{"after":{', '{"after":['));
    const first = await loadDamaged(world);
    expect(first.damage.map(({ where, repaired }) => [where, repaired])).toEqual([
      ['log [9, 0] line 1', false],
      ['log [10, 0] line 1', false],
    ]);
    await save(vaultFrom(world, first.state ?? first.base), 'r1', { text: 'goes on' });
    expect((await loadDamaged(world)).damage).toEqual([
      { class: 'corrupt:checksum', where: 'set aside', store: 'notes', id: 'r9', repaired: false },
      { class: 'corrupt:shape', where: 'set aside', repaired: false },
    ]);
  });
});

describe('newer', () => {
  const newer = (text: string) => text.replace('"format":1', '"format":2');

  test.each([
    ['of the newest commit', [9, 0]],
    ['of a commit that a sound one follows', [8, 0]],
  ] as const)(
    '[I7] wins where no road is clean, also by a header %s that is not as it was sealed',
    async (_, key) => {
      const { world } = await grown();
      await edit(world, 'log', key, newer);
      const verdict = await world.load();
      expect(verdict).toMatchObject({ kind: 'newer', found: { format: 2 } });
      expect(verdict.kind === 'newer' && verdict.readable).toHaveLength(30);
    },
  );

  test('[I7] wins by a record of a page that is not as it was written, however little it is', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], (text) =>
      text.replace('"version":1},"before"', '"version":2},"before"'),
    );
    const verdict = await world.load();
    expect(verdict).toMatchObject({ kind: 'newer', found: { notes: 2 } });
    expect(verdict.kind === 'newer' && verdict.readable.map(({ id }) => id)).not.toContain('r9');
  });

  test('[I7] does not win where another road is clean: one changed digit locks nobody out', async () => {
    const { world, vault } = await grown();
    await edit(world, 'snapshots', [6, 0], newer);
    const { state, damage } = await loadDamaged(world);
    expect(damage).toMatchObject([{ where: 'snapshots [6, 0]', repaired: true }]);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
  });
});

describe('where no road accounts for everything', () => {
  test('[I4] the base of a repair carries what the road with the most records set aside', async () => {
    const { world } = await grown();
    await edit(world, 'snapshots', [6, 0], spoilAll);
    await edit(world, 'log', [1, 0], spoil('r20'));
    await world.putRaw('log', [8, 0], undefined);
    const { state, base, readable } = await loadDamaged(world);
    expect(state).toBeNull();
    expect(readable).toHaveLength(30);
    // From the older snapshot on nothing was set aside; from the first commit on r20; from the newest snapshot on nearly all.
    expect(base.asides).toEqual([]);
  });

  test('[I3] of a record that two roads have, the newer road is right', async () => {
    const { world } = await grown();
    await world.putRaw('log', [3, 0], undefined);
    await world.putRaw('log', [8, 0], undefined);
    const { state, readable } = await loadDamaged(world);
    expect(state).toBeNull();
    expect(readable.find(({ id }) => id === 'r2')?.data).toEqual({ text: 'second' });
    expect(readable).toHaveLength(30);
  });

  test('[I4] of two roads with as many records it is the newer one', async () => {
    const { world } = await grown();
    await edit(world, 'snapshots', [6, 0], spoil('r2'));
    await edit(world, 'log', [3, 0], spoil('r2'));
    await edit(world, 'log', [1, 0], spoilAll);
    await world.putRaw('log', [8, 0], undefined);
    const { state, base } = await loadDamaged(world);
    expect(state).toBeNull();
    expect(linesOf(base.asides)).toEqual([
      expect.stringMatching(/^{"checksum".*"text":"second!"},"id":"r2"/),
    ]);
  });

  test('[I4] a repair replaces nothing that is there: it comes after what a fold left half-way', async () => {
    const { world } = await grown();
    await world.putRaw('log', [8, 0], undefined);
    await world.putRaw('snapshots', [50, 1], toBytes('left by a fold'));
    const { base } = await loadDamaged(world);
    expect(base.head.seq).toBe(50);
    expect(await save(vaultFrom(world, base), 'r1', { text: 'repaired' })).toMatchObject({
      kind: 'committed',
      seq: 51,
    });
  });

  test('[I4] a head that is sound is not copied though the commit it names is damaged; one that names none is', async () => {
    const { world, vault } = await grown();
    await edit(world, 'log', [9, 0], (text) => text.replace('"by":"d-test"', '"by":"d-lost"'));
    const first = await loadDamaged(world);
    expect(first.state).toBeNull();
    expect(first.base.head).toEqual(vault.state().head);
    const repaired = vaultFrom(world, first.base);
    await repaired.append(plan([], { kind: 'restore' })).outcome;
    expect(await copiesIn(world)).toEqual([]);

    const last = await save(repaired, 'r1', { text: 'later' });
    expect(last).toMatchObject({ kind: 'committed', seq: 11 });
    await edit(world, 'head', 'head', () => JSON.stringify({ seal: 'f'.repeat(64), seq: 20 }));
    const second = await loadDamaged(world);
    expect(second.state).toBeNull();
    expect(second.base.head).toEqual({ seq: 20, seal: repaired.state().head.seal });
    await vaultFrom(world, second.base).append(plan([], { kind: 'restore' })).outcome;
    expect(await copiesIn(world)).toMatchObject([['head', expect.any(String)]]);
  });

  test('the base is of the vault that the witness remembers; without one it is of no vault yet', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await world.putRaw('log', [1, 0], toBytes('no commit\n'));
    await world.putRaw('head', 'head', undefined);
    const nothing = { seq: 1, seal: null };
    expect((await loadDamaged(world)).base).toMatchObject({ vault: vault.state().vault, head: nothing });
    world.environment.origin.localStorage.removeItem(witnessKey(NAME));
    expect((await loadDamaged(world)).base).toMatchObject({ vault: '', head: nothing });
  });
});
