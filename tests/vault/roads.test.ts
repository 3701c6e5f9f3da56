import { describe, expect, test } from 'vitest';
import { toBytes } from '../../src/vault/bytes.ts';
import { fold } from '../../src/vault/fold.ts';
import { type Head, headText } from '../../src/vault/head.ts';
import { firstRun, makeWorld, save, stateDump, vaultFrom } from './world.ts';
import { edit, grown, loadDamaged, nameInHead, spoil } from './wreck.ts';

const places = ({ damage }: Awaited<ReturnType<typeof loadDamaged>>) =>
  damage.map(({ class: why, where }) => [why, where]);

describe('a head', () => {
  test.each([
    ['that is missing', () => undefined, 'vanished'],
    ['that is no head', () => toBytes('no head'), 'corrupt:shape'],
    ['of the right commit by another number', ({ seal }) => toBytes(headText({ seal, seq: 8 })), 'stale'],
    ['of the right number by another seal', ({ seq }) => toBytes(headText({ seal: '0', seq })), 'stale'],
    ['of an older commit by another seal', () => toBytes(headText({ seal: '0', seq: 8 })), 'stale'],
  ] as [string, (head: Head) => Uint8Array | undefined, string][])(
    '[I3] %s is called by its name, and put right by the next commit',
    async (_, wreck, why) => {
      const { world, vault } = await grown();
      await world.putRaw('head', 'head', wreck(vault.state().head as Head));
      const verdict = await loadDamaged(world);
      expect(verdict.damage).toEqual([
        { class: why, where: 'head', source: { kind: 'head', key: 'head' }, repaired: true },
      ]);
      if (!verdict.state) throw new Error('not contained');
      expect(verdict.state.rebase).not.toBeNull();
      expect(await save(vaultFrom(world, verdict.state), 'r1', { text: 'on' })).toMatchObject({ seq: 10 });
      expect((await world.load()).kind).toBe('intact');
    },
  );

  test('[I3] that is wrong is not made good where a commit is missing, too', async () => {
    const { world } = await grown();
    await world.putRaw('log', [8, 0], undefined);
    await world.putRaw('head', 'head', undefined);
    const { damage } = await loadDamaged(world);
    expect(damage.find(({ where }) => where === 'head')).toMatchObject({
      class: 'vanished',
      repaired: false,
    });
  });

  test('[F41] of a commit that is not there, by a seal that none has, says what is missing', async () => {
    const { world } = await grown();
    await world.putRaw('head', 'head', toBytes(headText({ seal: '0', seq: 12 })));
    const verdict = await loadDamaged(world);
    expect(places(verdict)).toEqual([['vanished', 'log [10, 0]']]);
    expect(verdict.state).toBeNull();
  });
});

test('[I12] nothing at all is an intact vault without records', async () => {
  const world = await makeWorld();
  expect(await world.load()).toMatchObject({
    kind: 'intact',
    state: { head: { seq: 0, seal: null }, count: {} },
  });
});

describe('a road begins', () => {
  test('[I11] at the first commit, where no snapshot holds', async () => {
    const { world, vault } = await grown();
    for (const seq of [1, 6]) await edit(world, 'snapshots', [seq, 0], spoil('r20'));
    const { state } = await loadDamaged(world);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
  });

  test('[I11] at a commit that was squashed together with the first', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'once', { text: 'once' });
    for (let i = 0; i < 160; i++) {
      world.environment.clock.increment(3 * 60 * 60_000);
      await save(vault, `r${i % 3}`, { text: `${i}` });
      if (i > 0 && i % 50 === 49) await fold(world.connection, world);
    }
    for (const seq of [101, 151]) await edit(world, 'snapshots', [seq, 0], spoil('once'));
    expect(await world.connection.read(['log'], (reader) => reader.get('log', [1, 0]))).toBeUndefined();
    const { state } = await loadDamaged(world);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
  });

  test('[I3] at no commit in the middle: where the first is gone, the log alone is no road', async () => {
    const { world } = await grown();
    await world.putRaw('log', [1, 0], undefined);
    for (const seq of [1, 6]) await edit(world, 'snapshots', [seq, 0], spoil('r20'));
    const { damage } = await loadDamaged(world);
    expect(damage.map(({ where }) => where).filter((where) => where.startsWith('log'))).toEqual([]);
  });

  test('at no page that a fold left without its first', async () => {
    const { world, vault } = await grown();
    await world.putRaw('snapshots', [8, 1], toBytes('left'));
    await edit(world, 'snapshots', [6, 0], spoil('r20'));
    const verdict = await loadDamaged(world);
    expect(verdict.damage.map(({ where }) => where)).toEqual([
      expect.stringMatching(/^snapshots \[6, 0\] line/),
    ]);
    expect(verdict.state && stateDump(verdict.state)).toEqual(stateDump(vault.state()));
  });

  test('[I3] anywhere, where every commit is gone: nothing is handed up but what the snapshot holds', async () => {
    const { world } = await grown();
    for (let seq = 1; seq < 10; seq++) await world.putRaw('log', [seq, 0], undefined);
    expect((await loadDamaged(world)).state).toBeNull();
    await world.putRaw('log', [1, 0], toBytes('{"seq":1}\n'));
    await nameInHead(world, 1).catch(() => {});
    expect((await loadDamaged(world)).readable).toHaveLength(30);
  });
});
