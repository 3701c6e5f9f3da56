import { describe, expect, test } from 'vitest';
import { fold } from '../../src/vault/fold.ts';
import { pointsInTime, stateAt } from '../../src/vault/points.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Json } from '../../src/vault/types.ts';
import { seededRandom } from '../support/environment.ts';
import { change, firstRun, makeWorld, plan, stateDump } from './world.ts';

/** What people have, kept by somebody who never heard of commits: the oracle shares no code with the product. */
class Model {
  readonly records = new Map<string, { data: Json; createdAt: string }>();
  readonly points = new Map<number, string>();

  put(id: string, data: Json, at: string) {
    this.records.set(id, { data, createdAt: this.records.get(id)?.createdAt ?? at });
  }

  dump() {
    const sorted = [...this.records].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(
      sorted.map(([id, { data, createdAt }]) => ({ store: 'notes', id, data, createdAt })),
    );
  }
}

const options = { rules: new Map(), digest: digestWith(undefined) };
const COMMITS = Number(process.env.COMMITS ?? 1_000);
const SEED = Number(process.env.SEED ?? 1);

describe('history', () => {
  test(`[I2] [I11] after ${COMMITS} random commits and folds every listed point equals the model`, async () => {
    const world = await makeWorld('memory');
    const vault = firstRun(world);
    const model = new Model();
    const random = seededRandom(SEED);
    const pick = (size: number) => Math.floor(random() * size);
    let folds = 0;

    for (let commit = 1; commit <= COMMITS; commit++) {
      // From a second to an hour and a half, so that all kinds of boundaries are met.
      world.environment.clock.increment(random() < 0.05 ? pick(5_400_000) : pick(20_000));
      const at = new Date(world.environment.now()).toISOString();
      const ids = [...new Set(Array.from({ length: 1 + pick(3) }, () => `n${pick(30)}`))];
      const changes = ids.map((id) => {
        const isRemoval = random() < 0.2 && model.records.has(id);
        const data = isRemoval ? undefined : { text: `${commit} ${'x'.repeat(pick(40))}` };
        return change(vault, 'notes', id, data);
      });
      const outcome = await vault.append(plan(changes, { agreed: true })).outcome;
      expect(outcome).toMatchObject({ kind: 'committed', seq: commit });
      for (const { id, data } of changes) {
        if (data === undefined) model.records.delete(id);
        else model.put(id, data, at);
      }
      model.points.set(commit, model.dump());
      if (random() < 0.03) {
        expect((await fold(world.connection, world)).kind).toBe('folded');
        folds += 1;
      }
    }

    expect(JSON.stringify(stateDump((await world.open()).state()))).toBe(model.dump());
    const points = await pointsInTime(world.connection);
    expect(folds).toBeGreaterThan(5);
    expect(points.length).toBeGreaterThan(50);
    expect(points.length).toBeLessThan(COMMITS);
    for (const { seq } of points) {
      const state = await stateAt(world.connection, seq, options);
      expect(JSON.stringify(stateDump(state)), `seed ${SEED}, point ${seq}`).toBe(model.points.get(seq));
    }
  }, 120_000);
});
