import { describe, expect, test } from 'vitest';
import { emptyState, rebased } from '../../src/vault/draft.ts';
import { change, firstRun, makeWorld, plan, remove, save, tabOver, vaultFrom } from './world.ts';

describe('a vault', () => {
  test('is given its name on a first run, and keeps it', async () => {
    const world = await makeWorld();
    const vault = vaultFrom(world, emptyState(''));
    const { vault: name } = vault.state();
    expect(name).not.toBe('');
    await save(vault, 'a', { text: 'a' });
    expect((await world.open()).state().vault).toBe(name);
  });

  test('[I1] writes one plan after the other: what was asked for later builds on what was asked for before', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const edits = [0, 1, 2].map((baseRev) =>
      vault.append(plan([{ store: 'notes', id: 'a', data: { baseRev }, baseRev }])),
    );
    const outcomes = await Promise.all(edits.map(({ outcome }) => outcome));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'committed']);
    expect((await world.open()).state().records.get('notes')?.get('a')).toMatchObject({ rev: 3 });
  });

  test('[F13] writes a plan that changes no record once, however often it is asked', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const empty = plan([], { marks: { seeded: true } });
    const first = await vault.append(empty).outcome;
    expect(first).toMatchObject({ kind: 'committed', seq: 1 });
    expect(await vault.append(empty).outcome).toEqual(first);
    expect(vault.state().head.seq).toBe(1);
  });

  test('[I13] tells nobody of what changed nothing', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    let told = 0;
    vault.subscribe(() => {
      told += 1;
    });
    const late = plan([{ store: 'notes', id: 'a', data: { text: 'late' }, baseRev: 7 }]);
    expect(await vault.append(late).outcome).toMatchObject({ kind: 'conflicted' });
    const alone = plan([change(vault, 'notes', 'a', undefined)]);
    expect(await vault.append(alone).outcome).toMatchObject({ kind: 'refused' });
    await vault.refresh();
    expect(told).toBe(0);
  });

  test('[I1] takes a plan of very many records, without a page that it lets answer', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const all = Array.from({ length: 450 }, (_, i) => change(vault, 'notes', `r${i}`, { i }));
    await vault.append(plan(all)).outcome;
    expect((await vault.commits(1))[0]).toMatchObject({ changes: 450 });
    expect((await world.open()).state().count).toEqual({ notes: 450 });
  });

  test('[B02] keeps when a record was made: as a source says, or as it was', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const createdAt = '2020-01-01T00:00:00.000Z';
    await vault.append(plan([{ ...change(vault, 'notes', 'a', { text: 'a' }), createdAt }])).outcome;
    await save(vault, 'a', { text: 'later' });
    const { updatedAt, ...a } = vault.state().records.get('notes')?.get('a') ?? {};
    expect(a).toMatchObject({ createdAt, rev: 2 });
    expect(updatedAt).not.toBe(createdAt);
  });

  test('names no store that is empty, and weighs what a load reads', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    expect(vault.state().weight).toEqual({ snapshotBytes: 0, tailBytes: 0 });
    await save(vault, 'a', { text: 'a' });
    await remove(vault, 'a');
    expect(vault.state().count).toEqual({});
    const again = await world.open();
    expect([again.state().count, again.state().weight]).toEqual([{}, vault.state().weight]);
    // A commit that brings a snapshot weighs no more than that.
    await save(vault, 'b', { text: 'b' });
    const fresh = await makeWorld();
    const back = vaultFrom(fresh, rebased(vault.state(), undefined));
    await back.append(plan([])).outcome;
    const { weight } = back.state();
    expect(weight).toEqual((await fresh.open()).state().weight);
    expect([weight.snapshotBytes > 0, weight.tailBytes]).toEqual([true, 0]);
  });

  test('[I16] proves nothing by what another vault holds, though it is as long', async () => {
    const [one, other] = [await makeWorld(), await makeWorld()];
    const vault = firstRun(one);
    await save(vault, 'a', { text: 'a' });
    await save(firstRun(other), 'b', { text: 'b' });
    const stray = vaultFrom(tabOver(other.connection, one.environment), vault.state());
    await expect(stray.capture()).rejects.toMatchObject({ class: 'corrupt' });
    expect(await vault.capture()).toEqual({ seq: 1 });
  });
});
