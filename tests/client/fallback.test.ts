import { describe, expect, it } from 'vitest';
import { standIns } from '../../src/client/engines.ts';
import { statusOf } from '../../src/client/statusOf.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import {
  accepts,
  answer,
  asking,
  during,
  NAME,
  notes,
  opened,
  type Page,
  SEEDS,
  textsOf,
  until,
} from './kit.ts';

const denied = () => {
  throw new DOMException('Denied', 'SecurityError');
};

/** A page of a browser that forbids IndexedDB. */
async function without(origin = testOrigin()): Promise<Page> {
  const environment = { ...testEnvironment({ origin }), indexedDB: denied };
  const engines = [createIndexedDbEngine(environment, NAME), ...standIns(environment, NAME)] as const;
  return opened({ environment, engines, seeds: SEEDS });
}

const keysOf = ({ localStorage }: ReturnType<typeof testOrigin>): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '').map((key) => [
      key,
      localStorage.getItem(key) ?? '',
    ]),
  );

const status = ({ persistence }: Page) => statusOf(persistence.tags.getSnapshot(), 'ok').key;

async function write(page: Page, id: string, text: string): Promise<void> {
  page.persistence.edit(notes, id, { id, text });
  await during(page, page.persistence.flush());
}

describe('A browser that forbids the database', () => {
  it('[F16] keeps what is saved in localStorage where nothing was ever known, and finds it again', async () => {
    const page = await without();
    expect(page.persistence.load.getSnapshot().kind).toBe('ready');
    await write(page, 'seed-1', 'kept elsewhere');
    const { origin } = page.environment;
    await during(page, page.persistence.close());
    const next = await without(origin);
    expect(next.persistence.load.getSnapshot().kind).toBe('ready');
    expect(textsOf(next)).toEqual(['kept elsewhere', 'second example']);
  });

  it('[I9] asks where there was data, and writes nothing at all', async () => {
    const before = await opened({ seeds: SEEDS });
    await during(before, before.persistence.close());
    const { origin } = before.environment;
    const kept = keysOf(origin);
    const page = await without(origin);
    expect(asking(page).machine).toBe('boot');
    expect(accepts(page, 'USE_FALLBACK')).toBe(true);
    expect(page.persistence.records(notes).getSnapshot()).toEqual({ kind: 'loading' });
    expect(keysOf(origin)).toEqual(kept);
    await answer(page, 'DEFER');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'readOnly');
    expect(page.persistence.load.getSnapshot()).toMatchObject({ finding: { code: 'notOpened' } });
    expect(keysOf(origin)).toEqual(kept);
  });

  it('[I9] [F17] works for this session only when someone wants it: said so, at hand as a file, and nothing of it is left', async () => {
    const before = await opened({ seeds: SEEDS });
    await during(before, before.persistence.close());
    const { origin } = before.environment;
    const kept = keysOf(origin);
    const page = await without(origin);
    await answer(page, 'USE_FALLBACK');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'ready');
    expect(status(page)).toBe('memoryOnly');
    // No examples beside data that cannot be reached.
    expect(textsOf(page)).toEqual([]);
    await write(page, 'new', 'of this session');
    expect(textsOf(page)).toEqual(['of this session']);
    expect(new TextDecoder().decode(page.persistence.downloadMemory())).toContain('of this session');
    expect(page.persistence.durability.getSnapshot()).toBe('session');
    expect(status(page)).toBe('memoryOnly');
    await during(page, page.persistence.close());
    expect(keysOf(origin)).toEqual(kept);

    const back = await opened({ origin, tab: 'tab-3', seeds: SEEDS });
    expect(textsOf(back)).toEqual(['first example', 'second example']);
  });

  it('[F16] is tried again when someone wants it, and then opens', async () => {
    const before = await opened({ seeds: SEEDS });
    await during(before, before.persistence.close());
    const { origin } = before.environment;
    let isDenied = true;
    const environment = {
      ...testEnvironment({ origin, tab: 'tab-2' }),
      indexedDB: () => (isDenied ? denied() : origin.indexedDB),
    };
    const page = await opened({ environment });
    expect(asking(page).machine).toBe('boot');
    isDenied = false;
    await answer(page, 'RETRY');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'ready');
    expect(textsOf(page)).toEqual(['first example', 'second example']);
  });
});
