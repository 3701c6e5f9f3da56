import { afterEach, describe, expect, it } from 'vitest';
import { createActor, fromPromise } from 'xstate';
import { bootMachine } from '../../machines/boot.machine.ts';
import type { BootInput } from '../../machines/boot.types.ts';
import { awaitUnblocked, openStorage, probeStorage } from '../../src/services/boot.ts';
import { rememberedBy } from '../../src/services/remembered.ts';
import { BootWorld, OLDER } from '../paths/world/bootWorld.ts';
import { NAME } from '../paths/world/scene.ts';
import type { Rule } from '../simulation/faults/step.ts';

const WITNESS = { vault: 'vault-1', seq: 2, seal: 'f'.repeat(64), count: { notes: 12 } };
const opensNot: Rule = ({ kind }) => (kind === 'open' ? { kind: 'error', name: 'UnknownError' } : undefined);
const worlds: BootWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** Boots with the real services, and waits until it has ended or a person is asked. */
async function boot(arrange: (world: BootWorld) => void | Promise<void>, input?: Partial<BootInput>) {
  const world = new BootWorld();
  worlds.push(world);
  await arrange(world);
  const machine = bootMachine.provide({
    actors: {
      openStorage: fromPromise(({ input: asked }) => openStorage(world.hands, asked)),
      awaitUnblocked: fromPromise(({ input: asked }) => awaitUnblocked(world.hands, asked)),
      probeStorage: fromPromise(({ input: asked }) => probeStorage(world.hands, asked)),
    },
  });
  const known = { ...rememberedBy(world.environment, NAME), ...input };
  const actor = createActor(machine, { input: known, clock: world.clock });
  const settled = async () => {
    for (let turn = 0; turn < 4_000; turn += 1) {
      const snapshot = actor.getSnapshot();
      if (snapshot.status === 'done' || snapshot.hasTag('needs-user')) return snapshot;
      await new Promise((resolve) => setTimeout(resolve, 0));
      world.clock.increment(50);
    }
    throw new Error('It neither ended nor asked');
  };
  actor.start();
  return { world, actor, settled, first: await settled() };
}

describe('Boot', () => {
  it('[I9] writes nothing anywhere when the database does not open and a witness is there', async () => {
    const { world, first } = await boot(async (before) => {
      await before.set(OLDER);
      before.remember(WITNESS);
      before.arm(opensNot);
    });
    expect(first.value).toBe('unavailable');
    expect(first.context.finding).toMatchObject({ code: 'notOpened', mayHoldData: true });
    expect(world.trace().filter((step) => /put|add|delete|clear|transaction/.test(step))).toEqual([]);
    expect(world.hasMarker()).toBe(false);
  });

  it('[I9] stands in for nothing when the witness cannot be read: there may be data', async () => {
    const { first } = await boot(async (world) => {
      await world.set(OLDER);
      world.isDenied = true;
      world.isLocalStorageDenied = true;
    });
    expect(first.value).toBe('unavailable');
    expect(first.context.engine).toBe('indexeddb');
  });

  it('works in memory only when a person asks for it, and says that it does not last', async () => {
    const { actor, settled } = await boot(async (world) => {
      world.remember(WITNESS);
      world.isDenied = true;
    });
    actor.send({ type: 'USE_FALLBACK' });
    expect((await settled()).output).toEqual({
      kind: 'opened',
      engine: 'memory',
      access: 'write',
      isDurable: false,
      isWiped: false,
    });
  });

  it('uses localStorage unasked only where nothing is remembered and there are locks', async () => {
    const forbid = (world: BootWorld) => {
      world.isDenied = true;
    };
    const { first } = await boot(forbid);
    expect(first.output).toMatchObject({ kind: 'opened', engine: 'localstorage', isDurable: true });
    const { first: withoutLocks } = await boot(forbid, { canUseLocalStorage: false });
    expect(withoutLocks.value).toBe('unavailable');
  });

  it('[F42] says that a store was wiped when it opens empty after an error', async () => {
    const { first } = await boot((world) =>
      world.arm(({ kind }) => (kind === 'databases' ? { kind: 'error', name: 'UnknownError' } : undefined)),
    );
    expect(first.output).toMatchObject({ kind: 'opened', isWiped: true });
  });

  it('[F04] goes on by itself when the other tab lets go, and asks it to when a person wants that', async () => {
    const { world, actor, first, settled } = await boot(async (before) => {
      await before.set(OLDER);
      await before.openElsewhere();
    });
    expect(first.value).toBe('blocked');
    let asked = 0;
    actor.on('otherTabs.asked', () => {
      asked += 1;
      world.closeElsewhere();
    });
    actor.send({ type: 'ASK_OTHER_TABS' });
    for (let turn = 0; turn < 200 && actor.getSnapshot().value === 'blocked'; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect((await settled()).output).toMatchObject({ kind: 'opened', engine: 'indexeddb', access: 'write' });
    expect(asked).toBe(1);
  });

  it('[I9] takes a database that another tab holds for one with data, whatever is remembered', async () => {
    const { world, actor, settled } = await boot(async (before) => {
      await before.set(OLDER);
      await before.openElsewhere();
    });
    for (let passedMs = 0; passedMs < 70_000 && actor.getSnapshot().value === 'blocked'; passedMs += 500) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      world.clock.increment(500);
    }
    const { value, context } = await settled();
    expect(value).toBe('unavailable');
    expect(context.finding).toMatchObject({ class: 'blocked', mayHoldData: true });
    expect(world.hasMarker()).toBe(false);
  });

  it('[F23] opens what is there though the disk is full, and tells the database, not its stand-in, when nothing works', async () => {
    const full: Rule = ({ kind, method }) =>
      kind === 'issue' && method === 'put' ? { kind: 'error', name: 'QuotaExceededError' } : undefined;
    const { first } = await boot(async (world) => {
      await world.set(OLDER);
      world.arm(full);
    });
    expect(first.output).toMatchObject({ kind: 'opened', engine: 'indexeddb', access: 'write' });
    const { first: nothing } = await boot((world) => {
      world.isDenied = true;
      world.fillLocalStorage();
    });
    expect(nothing.context.finding).toMatchObject({ code: 'notOpened', class: 'denied' });
  });

  it('opens three times at most when nobody answers', async () => {
    const { world, first } = await boot(async (before) => {
      await before.set(OLDER);
      before.remember(WITNESS);
      before.arm(({ kind }) => (kind === 'open' ? { kind: 'hang' } : undefined));
    });
    expect(first.context.finding).toMatchObject({ code: 'notOpened', class: 'blocked', tries: 3 });
    expect(world.trace().filter((step) => step.includes('open')).length).toBe(3);
  });
});
