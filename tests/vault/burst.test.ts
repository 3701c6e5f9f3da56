import { describe, expect, test } from 'vitest';
import { createBurst } from '../../src/vault/burst.ts';
import { ENGINES, firstRun, makeWorld, save, tabOver } from './world.ts';

describe.each(ENGINES)('a burst on %s', (engine) => {
  test('[I1] fifty saves that nobody awaits: few commits, each promise kept, the newest data stored', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'before' });
    const burst = createBurst(vault, world.environment.newId);
    const seen: number[] = [];
    const saves = Array.from({ length: 50 }, async (_, i) => {
      const outcome = await burst.save('notes', 'a', { text: i });
      const stored = vault.state().records.get('notes')?.get('a')?.data as { text: number };
      seen.push(stored.text - i);
      return outcome.kind;
    });
    expect(new Set(await Promise.all(saves))).toEqual(new Set(['committed']));
    // Whoever was told "saved" finds his data stored, or newer.
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    const state = (await world.open()).state();
    expect(state.records.get('notes')?.get('a')?.data).toEqual({ text: 49 });
    expect(state.head.seq).toBe(3);
  });

  test('[I8] a record that another tab changed is told so, the others of the burst are saved', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'a', { text: 'theirs' });

    const burst = createBurst(vault, world.environment.newId);
    const outcomes = await Promise.all([
      burst.save('notes', 'b', { text: 'first' }),
      burst.save('notes', 'a', { text: 'ours' }),
      burst.save('notes', 'b', { text: 'second' }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['committed', 'conflicted', 'committed']);
    const records = (await world.open()).state().records.get('notes');
    expect(records?.get('a')?.data).toEqual({ text: 'theirs' });
    expect(records?.get('b')?.data).toEqual({ text: 'second' });
  });
});
