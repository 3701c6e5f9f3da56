import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { saveMachine } from '../../machines/save.machine.ts';
import { provideWriting } from '../../src/client/machines.ts';
import { boundServices } from '../../src/services/bound.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import type { Model } from './kit/model.ts';
import { transitionPaths } from './kit/paths.ts';
import { walk } from './kit/walk.ts';
import { loadModel } from './load.model.ts';
import type { LoadWorld } from './world/loadWorld.ts';
import { dumpAfter, inOtherTab, planOf } from './world/scene.ts';
import { StorageWorld } from './world/world.ts';

/** How many paths of a model do not hold. */
async function failures(model: Model<LoadWorld>): Promise<number> {
  let failed = 0;
  for (const path of transitionPaths(model)) {
    await walk(model, path, new Set()).catch(() => {
      failed += 1;
    });
  }
  return failed;
}

const FIRST = planOf('first', [['a', { text: 'first' }, 0]]);
const before = await dumpAfter([FIRST]);

/** Edits a note, lets a minute pass while a rule holds, and says which tags were seen on the way. */
async function tagsSeen(rule: Rule, lie?: 'acknowledged before it is written'): Promise<Set<string>> {
  const world = new StorageWorld();
  await world.set(before);
  const state = await inOtherTab({ factory: world.factory }, async (vault) => vault.state());
  await world.load(state);
  const services = boundServices(world.hands);
  if (lie) {
    services.commit.writeCommit = async ({ plan }) => ({ kind: 'committed', id: plan.id, seq: 2 });
  }
  const { save } = provideWriting(services, world.environment);
  const actor = createActor(save, {
    clock: world.clock,
    input: {
      store: 'notes',
      id: 'a',
      label: 'notes',
      place: 'record',
      data: { text: 'first' },
      record: { rev: 1, data: { text: 'first' }, lastRev: 1 },
      draft: { rev: 0, data: undefined, lastRev: 0 },
      commitId: 'start',
      plan: null,
    },
  });
  actor.start();
  world.arm(rule);
  actor.send({ type: 'EDIT', data: { text: 'edited' }, commitId: 'edit' });
  const seen = new Set<string>();
  const note = () => {
    for (const tag of actor.getSnapshot().tags) seen.add(tag);
  };
  note();
  actor.subscribe(note);
  for (let passedMs = 0; passedMs < 60_000; passedMs += 250) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    world.clock.increment(250);
  }
  actor.stop();
  await world.close();
  return seen;
}

const completeWithheld: Rule = ({ kind }) => (kind === 'complete' ? { kind: 'hang' } : undefined);

describe('A machine that only looks right is found out', () => {
  it('[I3] paths fail when every check says "intact"', async () => {
    const trusting: Model<LoadWorld> = {
      ...loadModel,
      services: (world) => ({
        ...loadModel.services(world),
        verifyRecords: async () => ({ kind: 'intact', state: await anyState() }),
      }),
    };
    expect(await failures(trusting)).toBeGreaterThan(10);
  });

  it('[B37] [X01] "saved" is never said while `complete` is withheld', async () => {
    const seen = await tagsSeen(completeWithheld);
    expect(seen).toContain('saving');
    expect(seen).not.toContain('saved');
    expect(seen).not.toContain('safe-to-close');
  });

  it('[F19] a put that succeeds and a transaction that aborts is not a save', async () => {
    const seen = await tagsSeen(diskFull('abort'));
    expect(seen).toContain('save-error');
    expect(seen).not.toContain('saved');
  });

  it('the two tests above can fail: an early acknowledgement shows as "saved"', async () => {
    expect(await tagsSeen(completeWithheld, 'acknowledged before it is written')).toContain('saved');
    expect(await tagsSeen(diskFull('abort'), 'acknowledged before it is written')).toContain('saved');
  });

  it('says "saved" when nothing is withheld', async () => {
    expect(await tagsSeen(() => undefined)).toContain('saved');
  });

  it('is bound completely: a service that was forgotten is an error that a person hears of', async () => {
    const forgotten = createActor(saveMachine, {
      input: {
        store: 'notes',
        id: 'a',
        label: 'notes',
        place: 'record',
        data: { text: 'new' },
        record: { rev: 0, data: undefined, lastRev: 0 },
        draft: { rev: 0, data: undefined, lastRev: 0 },
        commitId: 'start',
        plan: null,
      },
    });
    forgotten.start();
    forgotten.send({ type: 'SAVE', commitId: 'save' });
    await expect.poll(() => forgotten.getSnapshot().hasTag('needs-user')).toBe(true);
    expect(forgotten.getSnapshot().context.finding).toMatchObject({ code: 'failed', class: 'programmer' });
    forgotten.stop();
  });
});

async function anyState() {
  const world = new StorageWorld();
  await world.set(before);
  const state = await inOtherTab({ factory: world.factory }, async (vault) => vault.state());
  await world.close();
  return state;
}
