import { describe, expect, test } from 'vitest';
import { change, ENGINES, firstRun, makeWorld, plan, remove, save, stateDump, tabOver } from './world.ts';

describe.each(ENGINES)('append on %s', (engine) => {
  test('[I1] what was acknowledged is what the next load returns', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    expect(await save(vault, 'a', { text: 'one' })).toMatchObject({ kind: 'committed', seq: 1 });
    expect(await save(vault, 'a', { text: 'two' })).toMatchObject({ kind: 'committed', seq: 2 });
    expect(await save(vault, 'b', { text: 'three' })).toMatchObject({ kind: 'committed', seq: 3 });
    expect(await remove(vault, 'b')).toMatchObject({ kind: 'committed', seq: 4 });

    const again = await world.open();
    expect(stateDump(again.state())).toEqual(stateDump(vault.state()));
    expect(again.state()).toMatchObject({
      head: vault.state().head,
      state: vault.state().state,
      count: { notes: 1 },
    });
  });

  test('[I8] a tab that is behind goes on when nobody touched its record, and is told who won when somebody did', async () => {
    const world = await makeWorld(engine);
    const one = firstRun(world);
    await save(one, 'a', { text: 'a' });
    await save(one, 'b', { text: 'b' });
    const other = await tabOver(world.connection, world.environment).open();

    await save(one, 'a', { text: 'one was here' });
    expect(await save(other, 'b', { text: 'other was here' })).toMatchObject({ kind: 'committed', seq: 4 });
    const stale = plan([{ store: 'notes', id: 'b', data: { text: 'late' }, baseRev: 1 }]);
    expect(await one.append(stale).outcome).toMatchObject({
      kind: 'conflicted',
      winners: [{ store: 'notes', id: 'b', now: { data: { text: 'other was here' }, rev: 2 } }],
    });
    expect(stateDump((await world.open()).state())).toMatchObject([
      { id: 'a', data: { text: 'one was here' } },
      { id: 'b', data: { text: 'other was here' } },
    ]);
  });

  test('the same plan twice is one commit', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    const edit = plan([change(vault, 'notes', 'a', { text: 'once' })]);
    const first = await vault.append(edit).outcome;
    expect(await vault.append(edit).outcome).toEqual(first);
    // Nor after a reload, when only what is stored remembers it.
    expect(await (await world.open()).append(edit).outcome).toEqual(first);
    expect((await world.open()).state().head.seq).toBe(1);
  });
});
