import { beforeAll, describe, expect, test, vi } from 'vitest';
import { exportOf, settings, template } from '../../bundle/support.ts';
import { FAULT_KINDS, faultAt } from '../../simulation/faults/rules.ts';
import { plantDump, type RawDump } from '../../simulation/world/dump.ts';
import { testOrigin } from '../../support/environment.ts';
import { stateDump } from '../../vault/world.ts';
import { App, type Ended, NAME, type Person } from './app.ts';

vi.setConfig({ testTimeout: 120_000 });

const library = ['a', 'b', 'c'].map((id) => template(id)).concat(settings({ theme: 'dark' }));
/** Over two stores: something new, something that both changed, something that is the same. */
const file = await exportOf([
  template('a', { name: 'theirs' }),
  template('b'),
  template('n'),
  settings({ theme: 'light' }),
]);
let disk: RawDump;
let before: unknown;

beforeAll(async () => {
  const app = await new App().load();
  await app.import(await exportOf(library));
  before = stateDump(app.vault.state());
  disk = await app.raw();
});

/** A page that has loaded this disk. */
async function visit(): Promise<App> {
  const origin = testOrigin();
  await plantDump(origin.indexedDB, NAME, disk);
  return new App(origin).load();
}

/** What is there after any ending: the old state or the new one, and which of them where somebody was told. */
function expectKept(
  { ended, now, after }: { ended: Ended['kind'] | 'crashed'; now: unknown; after: unknown },
  code: string,
) {
  const [isOld, isNew] = [before, after].map((state) => JSON.stringify(state) === JSON.stringify(now));
  expect(isOld || isNew, 'half of it').toBe(true);
  if (ended === 'imported') expect(isNew, 'said to be imported').toBe(true);
  if (ended === 'left' || (ended === 'stuck' && code !== 'unsure'))
    expect(isOld, 'said to be as before').toBe(true);
  return isNew;
}

describe.each<[string, Person]>([
  ['merge', { decides: 'keep-second' }],
  ['replace', { selection: { strategy: 'replace' }, agrees: true }],
])('an import that shall %s, with a fault at every step', (_, person) => {
  let after: unknown;
  let points = { from: 0, count: 0 };

  beforeAll(async () => {
    const app = await visit();
    const from = app.steps.count + 1;
    expect((await app.import(file, person)).kind).toBe('imported');
    points = { from, count: app.steps.count - from + 1 };
    after = stateDump(app.vault.state());
    expect(after).not.toEqual(before);
  });

  test.each(FAULT_KINDS)(
    '[I5] [I13] [F72] %s: all of it or nothing, and undone to what was',
    async (kind) => {
      let landed = 0;
      for (let n = points.from; n < points.from + points.count; n += 1) {
        const app = await visit();
        app.steps.rule = faultAt(n, kind);
        const ended = await app.import(file, person).catch((error: Error): { kind: 'crashed' } => {
          if (error.message !== 'crashed') throw new Error(`at ${app.steps.trace[n - 1]}`, { cause: error });
          return { kind: 'crashed' };
        });
        const code = ended.kind === 'stuck' ? ended.code : '';
        const later = await app.revisit();
        const now = stateDump(later.vault.state());
        const isNew = expectKept({ ended: ended.kind, now, after }, code);
        if (!isNew) {
          expect(await later.raw(), 'nothing landed').toEqual(disk);
          continue;
        }
        landed += 1;
        const [last] = await later.vault.commits(1);
        await later.undo(last?.id ?? '');
        expect(stateDump(later.vault.state())).toEqual(before);
      }
      expect(points.count).toBeGreaterThan(20);
      console.log(`import, ${kind}: ${points.count} points, ${landed} landed`);
    },
  );
});
