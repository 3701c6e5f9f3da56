import { describe, expect, test } from 'vitest';
import { fromBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { fold } from '../../src/vault/fold.ts';
import { lastRevOf } from '../../src/vault/gone.ts';
import type { Rules } from '../../src/vault/rules.ts';
import { plan, RULES, remove, save, stateDump, tabOver, vaultFrom } from './world.ts';
import { edit, forged, grown, loadDamaged, nameInHead, spoil, textAt } from './wreck.ts';

/** A build that writes a newer version of the notes. */
const NEWER: Rules = new Map(RULES).set('notes', {
  version: 2,
  isSound: () => true,
  migrate: (data) => data,
});

const places = ({ damage }: Awaited<ReturnType<typeof loadDamaged>>) =>
  damage.map(({ class: why, where }) => [why, where]);

/** A record that fills more than a page. */
const large = (id: string) => ({ store: 'notes', id, data: { text: id.repeat(600_000) }, baseRev: 0 });

const withFormat = (format: number) => (text: string) => text.replace('"format":1', `"format":${format}`);

describe('what is not as it was written is called by its name', () => {
  test('[I3] a header: changed, no JSON, or no bytes at all', async () => {
    const { world } = await grown();
    const key = [9, 0] as const;
    await edit(world, 'log', key, (text) => text.replace('"by":"d-test"', '"by":"d-lost"'));
    expect((await loadDamaged(world)).damage).toEqual([
      {
        class: 'corrupt:checksum',
        where: 'log [9, 0]',
        source: { kind: 'log', key: [9, 0] },
        repaired: false,
      },
    ]);
    await edit(world, 'log', key, (text) => text.replace('{', '['));
    expect(places(await loadDamaged(world))).toEqual([['corrupt:shape', 'log [9, 0]']]);
    await world.putRaw('log', key, 'no bytes');
    expect(places(await loadDamaged(world))).toEqual([['corrupt:shape', 'log [9, 0]']]);
  });

  test('[F41] a commit that is missing, and a page of one', async () => {
    const { world, vault } = await grown();
    await vault.append(plan(['x', 'y'].map(large))).outcome;
    const first = await world.connection.read(['log'], (reader) => reader.get('log', [10, 0]));
    const second = await world.connection.read(['log'], (reader) => reader.get('log', [10, 1]));
    await world.putRaw('log', [10, 1], undefined);
    expect(places(await loadDamaged(world))).toEqual([['vanished', 'log [10, 1]']]);
    await world.putRaw('log', [10, 1], second);
    await world.putRaw('log', [10, 0], undefined);
    expect(places(await loadDamaged(world))).toContainEqual(['vanished', 'log [10, 0]']);
    await world.putRaw('log', [10, 0], first);
    await world.putRaw('log', [8, 0], undefined);
    expect(places(await loadDamaged(world))).toContainEqual(['vanished', 'log [8, 0]']);
  });

  test('[I3] a header that is no JSON, also where a page after it holds one line that is', async () => {
    const { world, vault } = await grown();
    await vault.append(plan(['x', 'y'].map(large))).outcome;
    await edit(world, 'log', [10, 0], (text) => text.replace('{', '['));
    expect(places(await loadDamaged(world))).toContainEqual(['corrupt:shape', 'log [10, 0]']);
  });

  test('[I3] a header that is an empty line, or of which the seal is no text: its lines are judged all the same', async () => {
    const { world } = await grown();
    const sound = await textAt(world, 'log', [9, 0]);
    await edit(world, 'log', [9, 0], (text) => text.replace(/^.*/, ''));
    expect(places(await loadDamaged(world))).toEqual([['corrupt:shape', 'log [9, 0]']]);
    const odd = '"seal":{"toString":1,"valueOf":1}';
    await world.putRaw('log', [9, 0], toBytes(sound.replace(/"seal":"\w+"/, odd)));
    const verdict = await loadDamaged(world);
    expect(places(verdict)).toEqual([['corrupt:checksum', 'log [9, 0]']]);
    expect(verdict.readable).toHaveLength(30);
  });

  test('[I3] a commit that says it is another one, though it is sealed and the head names it', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], forged({ seq: 4 }));
    await nameInHead(world, 9);
    expect(places(await loadDamaged(world))).toContainEqual(['corrupt:checksum', 'log [9, 0]']);
  });

  test('[I3] a line, also before a sound one and where its end is cut off', async () => {
    const { world, vault } = await grown();
    await vault.append(plan(['x', 'y'].map(large))).outcome;
    await edit(world, 'log', [10, 1], (text) => `\n${text}`);
    const first = await loadDamaged(world);
    expect(places(first)).toEqual([['corrupt:shape', 'log [10, 1] line 1']]);
    expect(first.readable).toHaveLength(32);
    await edit(world, 'log', [10, 1], (text) => text.slice(1, -9));
    const { base } = await loadDamaged(world);
    expect(base.asides.map(({ aside }) => toText(fromBase64(aside)))).toEqual([
      await textAt(world, 'log', [10, 1]),
    ]);
  });

  test('[I3] a revision, which no checksum covers', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], (text) => text.replace('"rev":2', '"rev":3'));
    expect(places(await loadDamaged(world))).toEqual([['corrupt:checksum', 'log [9, 0]']]);
  });

  test('[I3] a commit that does not link to the one before, though it is sealed and the head names it', async () => {
    const { world, vault } = await grown();
    await edit(world, 'log', [9, 0], forged({ prev: '0'.repeat(64) }));
    await nameInHead(world, 9);
    const verdict = await loadDamaged(world);
    // The head is another one than was acknowledged, too.
    expect(places(verdict)).toEqual([
      ['torn', 'log [9, 0]'],
      ['stale', 'head'],
    ]);
    expect(verdict.state && stateDump(verdict.state)).toEqual(stateDump(vault.state()));
    // Without the head nothing says that it belongs here.
    await world.putRaw('head', 'head', undefined);
    expect((await loadDamaged(world)).state).toBeNull();
  });

  test('[I3] a commit that is sealed and does not add up', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], forged({ count: { notes: 31 } }));
    await nameInHead(world, 9);
    expect(places(await loadDamaged(world))).toEqual([['torn', 'log [9, 0]']]);
  });

  test('[I3] a head and nothing else', async () => {
    const { world } = await grown();
    for (const kind of ['log', 'snapshots'] as const)
      for (let seq = 1; seq < 10; seq++) await world.putRaw(kind, [seq, 0], undefined);
    await edit(world, 'head', 'head', () => 'no head');
    const verdict = await loadDamaged(world);
    expect(places(verdict)).toEqual([['corrupt:shape', 'head']]);
    expect(verdict.state).toBeNull();
  });
});

describe('a walk goes on', () => {
  test.each([
    ['a snapshot', [1, 2, 3, 4, 5, 6]],
    ['the first commit', []],
  ])('[I3] from %s on by the links alone, where the head is lost and a record is damaged', async (_, cut) => {
    const { world } = await grown();
    for (const seq of cut) await world.putRaw('log', [seq, 0], undefined);
    for (const seq of cut.length > 0 ? [1] : [1, 6]) await world.putRaw('snapshots', [seq, 0], undefined);
    await edit(world, 'log', [9, 0], spoil('r9'));
    await world.putRaw('head', 'head', undefined);
    const { state, readable } = await loadDamaged(world);
    expect(state?.asides).toMatchObject([{ id: 'r9' }]);
    expect(readable).toHaveLength(29);
  });

  test('over a damaged edit that a later one replaced: it costs nothing, and is told all the same', async () => {
    const { world, vault } = await grown();
    await save(vault, 'r9', { text: 'fourth' });
    await edit(world, 'log', [9, 0], spoil('r9'));
    const { damage, state } = await loadDamaged(world);
    expect(damage).toMatchObject([{ where: 'log [9, 0] line 1', repaired: true }]);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
    // Also where something else stops the load.
    await world.putRaw('log', [8, 0], undefined);
    const stopped = await loadDamaged(world);
    expect(stopped.state).toBeNull();
    expect(stopped.damage).toContainEqual(
      expect.objectContaining({ where: 'log [9, 0] line 1', repaired: true }),
    );
  });

  test('over a damaged edit, which one of another store by the same name does not replace', async () => {
    const { world, vault } = await grown();
    await vault.append(plan([{ store: 'settings', id: 'r9', data: { theme: 'dark' }, baseRev: 0 }])).outcome;
    await edit(world, 'log', [9, 0], spoil('r9'));
    expect((await loadDamaged(world)).state?.asides).toMatchObject([{ store: 'notes', id: 'r9' }]);
  });

  test('[I8] a damaged edit of a record that was removed after it, and its revision is not given again', async () => {
    const { world, vault } = await grown();
    await remove(vault, 'r9');
    await edit(world, 'log', [9, 0], spoil('r9'));
    const { damage, state } = await loadDamaged(world);
    expect(damage).toMatchObject([{ where: 'log [9, 0] line 1', repaired: true }]);
    expect(state && stateDump(state)).toEqual(stateDump(vault.state()));
    if (!state) return;
    const next = vaultFrom(world, state);
    await save(next, 'r9', { text: 'again' });
    expect(next.state().records.get('notes')?.get('r9')?.rev).toBe(3);
  });

  test('[I3] a damaged line that says it is another record takes nothing from that record', async () => {
    const { world, vault } = await grown();
    await world.putRaw('snapshots', [1, 0], undefined);
    await world.putRaw('log', [1, 0], undefined);
    await edit(world, 'snapshots', [6, 0], (text) => text.replace('"id":"r20"', '"id":"r21"'));
    const { state, readable, damage } = await loadDamaged(world);
    expect(damage).toContainEqual(expect.objectContaining({ id: 'r21', repaired: false }));
    expect(state?.asides).toHaveLength(1);
    expect(readable.map(({ id }) => id)).not.toContain('r20');
    expect(readable).toHaveLength(29);
    expect(vault.state().count).toEqual({ notes: 30 });
  });

  test('[I3] a line that says nothing of its record belongs to no record', async () => {
    const { world, vault } = await grown();
    await save(vault, 'new', { text: 'new' });
    const sound = await textAt(world, 'log', [10, 0]);
    for (const wreck of [sound.replace(/}\n$/, ']\n'), sound.replace('"store":"notes"', '"store":7')]) {
      await world.putRaw('log', [10, 0], toBytes(wreck));
      const { state } = await loadDamaged(world);
      expect(state?.asides).toMatchObject([{ store: null }]);
      expect([...(state?.records.keys() ?? [])]).toEqual(['notes']);
    }
  });

  test('[I4] and keeps the bytes of a damaged line as they were found, also where they are JSON', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], (text) => text.replace('"text":"third"', '"text": "other"'));
    const { base } = await loadDamaged(world);
    const [, line = ''] = (await textAt(world, 'log', [9, 0])).split('\n');
    expect(base.asides.map(({ aside }) => toText(fromBase64(aside)))).toEqual([line]);
  });

  test('and weighs what a load reads: the lines of the snapshot, and of the commits after it', async () => {
    const { world, vault } = await grown();
    const outcome = await fold(world.connection, world);
    if (outcome.kind !== 'folded') throw new Error(outcome.kind);
    expect(outcome.weight.tailBytes).toBe(0);
    const page = (await world.connection.read(['snapshots'], (reader) =>
      reader.get('snapshots', [9, 0]),
    )) as Uint8Array;
    expect(outcome.weight.snapshotBytes).toBe(page.length - page.indexOf(0x0a) - 1);
    const other = await tabOver(world.connection, world.environment).open();
    vault.weigh(outcome.weight);
    await save(vault, 'r1', { text: 'more' });
    await other.refresh();
    const { weight } = (await world.open()).state();
    expect(weight).toEqual(vault.state().weight);
    expect(other.state().weight).toEqual(weight);
    expect(weight.tailBytes).toBeGreaterThan(0);
  });
});

describe('a removal that is not as it was written', () => {
  test.each([
    ['of no record', '"id":"r9"', '"id":7'],
    ['of a record that is not there', '"id":"r9"', '"id":"r99"'],
  ])('[I3] %s removes nothing, and is told', async (_, sound, wreck) => {
    const { world, vault } = await grown();
    await remove(vault, 'r9');
    await edit(world, 'log', [10, 0], (text) => text.replace(sound, wreck));
    const verdict = await loadDamaged(world);
    expect(places(verdict)).toEqual([['corrupt:shape', 'log [10, 0] line 1']]);
    expect(verdict.state).toBeNull();
    expect(verdict.readable).toHaveLength(30);
  });
});

describe('a removal of which the revision is damaged', () => {
  test('[I8] is one all the same, and the revision is that of the record', async () => {
    const { world, vault } = await grown();
    await remove(vault, 'r9');
    await edit(world, 'log', [10, 0], (text) => text.replace('"rev":2', '"rev":9'));
    const { state } = await loadDamaged(world);
    expect(state && lastRevOf(state.gone, 'notes', 'r9')).toBe(2);
  });
});

describe('newer', () => {
  test('[I7] a sealed commit of a newer build wins, though all else is sound and none of its records is newer', async () => {
    const { world } = await grown();
    const newer = await tabOver(world.connection, world.environment, NEWER).load();
    if (newer.kind !== 'outdated') throw new Error(newer.kind);
    const vault = vaultFrom({ ...world, rules: NEWER }, newer.state);
    await vault.append(plan([])).outcome;
    expect(await world.load()).toMatchObject({ kind: 'newer', found: { notes: 2 } });
    // And once it has folded.
    await fold(world.connection, { ...world, rules: NEWER });
    expect(await world.load()).toMatchObject({ kind: 'newer', found: { notes: 2 } });
  });

  test('[I7] a newer record under a digest and seal that hold wins, though an older road is clean', async () => {
    const { world } = await grown();
    await edit(
      world,
      'snapshots',
      [6, 0],
      forged({}, (lines) => lines.replace(/("id":"r20".*?)"version":1/, '$1"version":2')),
    );
    expect(await world.load()).toMatchObject({ kind: 'newer', found: { notes: 2 } });
  });

  test('[I7] a newer record of a damaged page, or a damaged header, does not win over a clean road', async () => {
    const { world, vault } = await grown();
    await edit(world, 'snapshots', [6, 0], (text) =>
      text.replace(/("id":"r20".*?)"version":1/, '$1"version":2'),
    );
    const one = await loadDamaged(world);
    expect(one.state && stateDump(one.state)).toEqual(stateDump(vault.state()));
    // The road that makes up for it leads over a header that says it is newer.
    await edit(world, 'log', [3, 0], withFormat(2));
    const other = await loadDamaged(world);
    expect(other.state && stateDump(other.state)).toEqual(stateDump(vault.state()));
  });

  test('what is said to be newer first is what is told', async () => {
    const { world } = await grown();
    await edit(world, 'log', [8, 0], withFormat(2));
    await edit(world, 'log', [9, 0], withFormat(3));
    expect(await world.load()).toMatchObject({ kind: 'newer', found: { format: 2 } });
  });
});

describe('a page under a digest that holds', () => {
  test('is trusted without hashing each record; whoever wants to be thorough hashes it', async () => {
    const { world, vault } = await grown();
    const wrong = (lines: string) =>
      lines.replace('"text":"first"},"id":"r20"', '"text":"wrong"},"id":"r20"');
    await edit(world, 'snapshots', [6, 0], forged({}, wrong));
    expect((await world.load()).kind).toBe('intact');
    const verdict = await world.load(true);
    expect(verdict).toMatchObject({ kind: 'damaged', damage: [{ id: 'r20', repaired: true }] });
    expect('state' in verdict && verdict.state && stateDump(verdict.state)).toEqual(stateDump(vault.state()));
  });

  test.each(['0', `x${'0'.repeat(64)}`, `${'0'.repeat(64)}x`])(
    '[I13] is not trusted with a checksum that is none: %s',
    async (checksum) => {
      const { world } = await grown();
      const odd = (lines: string) => lines.replace(/"checksum":"\w+"/, `"checksum":"${checksum}"`);
      await edit(world, 'snapshots', [6, 0], forged({}, odd));
      expect(await world.load()).toMatchObject({ kind: 'damaged', damage: [{ id: 'r0', repaired: true }] });
    },
  );

  test('may hold a line that removes nothing', async () => {
    const { world } = await grown();
    await edit(
      world,
      'log',
      [9, 0],
      forged({}, (lines) => `${lines}{"after":null,"before":null}\n`),
    );
    await nameInHead(world, 9);
    expect(places(await loadDamaged(world))).toEqual([['stale', 'head']]);
  });

  test('[I8] may remember what was removed', async () => {
    const { world } = await grown();
    await edit(world, 'log', [9, 0], forged({ gone: [['notes', 'x', 7]] }));
    await nameInHead(world, 9);
    const { state } = await loadDamaged(world);
    expect(state && lastRevOf(state.gone, 'notes', 'x')).toBe(7);
  });
});
