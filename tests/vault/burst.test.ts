import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
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

  test('[I13] what fails is told to everyone who waits for it, and the next burst starts afresh', async () => {
    const world = await makeWorld(engine);
    let isBroken = true;
    const lost = new StorageError('connection', 'lost');
    const connection: Connection = {
      ...world.connection,
      write: (kinds, body) =>
        isBroken
          ? { done: Promise.reject(lost), abort: () => Promise.resolve('aborted') }
          : world.connection.write(kinds, body),
    };
    const vault = firstRun({ ...world, connection });
    const burst = createBurst(vault, world.environment.newId);
    const saves = [1, 2, 3].map((text) => burst.save('notes', 'a', { text }));
    const other = burst.save('notes', 'b', { text: 'b' });
    expect((await Promise.allSettled([...saves, other])).map(({ status }) => status)).toEqual(
      Array(4).fill('rejected'),
    );
    isBroken = false;
    expect((await burst.save('notes', 'a', { text: 4 })).kind).toBe('committed');
  });

  test('[I8] an edit that waits behind one that lost is told so as well', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'a', { text: 'theirs' });
    const burst = createBurst(vault, world.environment.newId);
    const outcomes = await Promise.all([
      burst.save('notes', 'a', { text: 'ours' }),
      burst.save('notes', 'a', { text: 'ours, later' }),
      burst.save('notes', 'b', { text: 'b, later' }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['conflicted', 'conflicted', 'committed']);
  });

  test('[I8] of records that fly together only the one that lost is held back, whatever follows it', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    for (const id of ['a', 'b', 'c']) await save(vault, id, { text: id });
    const other = await tabOver(world.connection, world.environment).open();
    const burst = createBurst(vault, world.environment.newId);
    const first = burst.save('notes', 'c', { text: 1 });
    const together = [burst.save('notes', 'a', { text: 1 }), burst.save('notes', 'b', { text: 1 })];
    await first;
    await save(other, 'a', { text: 'theirs' }).catch(() => {});
    const later = burst.save('notes', 'b', { text: 2 });
    const kinds = (await Promise.all([...together, later])).map(({ kind }) => kind);
    expect(kinds.slice(1)).toEqual(['committed', 'committed']);
    expect((await world.open()).state().records.get('notes')?.get('b')?.data).toEqual({ text: 2 });
  });
});
