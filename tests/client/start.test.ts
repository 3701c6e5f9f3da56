import { describe, expect, it } from 'vitest';
import type { LegacyDomain } from '../../src/client/legacy.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { witnessKey } from '../../src/engines/witness.ts';
import { rawDump, tamper } from '../simulation/world/dump.ts';
import { testEnvironment } from '../support/environment.ts';
import {
  accepts,
  answer,
  asking,
  during,
  findingOf,
  NAME,
  notes,
  opened,
  openPage,
  type Page,
  reopened,
  SEEDS,
  settings,
  textsOf,
  until,
} from './kit.ts';

/** Leaves a vault with the examples behind, and no page. */
async function leftBehind(): Promise<Page> {
  const page = await opened({ seeds: SEEDS });
  await during(page, page.persistence.close());
  return page;
}

const OLD_NOTES = JSON.stringify([{ id: 'old', text: 'of an earlier version' }]);
/** An earlier version of the notebook kept a list, in one of two places. */
const legacy: LegacyDomain = {
  places: [
    { name: 'old text', kind: 'text', key: 'old-notes' },
    { name: 'old value', kind: 'value', database: 'old-database', store: 'values', key: 'notes' },
  ],
  reader: async () => ({
    read: (_, text) => ({
      kind: 'rows',
      isSuspect: false,
      rows: (JSON.parse(text) as { id: string; text: string }[]).map((data) => ({
        kind: 'sound',
        text: JSON.stringify(data),
        record: { store: 'notes', id: data.id, data, dates: {} },
        isRepaired: false,
      })),
    }),
    copyOf: () => null,
    isExample: () => false,
  }),
};

async function garble({ environment }: Page): Promise<void> {
  const value = new Uint8Array([1, 2, 3]);
  await tamper(environment.origin.indexedDB, NAME, [{ store: 'log', key: [1, 0], value }]);
}

it('[F38] while it loads there is nothing that writes: no command, and not a byte', async () => {
  const left = await leftBehind();
  const { origin } = left.environment;
  const before = await rawDump(origin.indexedDB, NAME);
  const { persistence } = openPage({ origin, tab: 'tab-2', seeds: SEEDS });
  const data = { id: 'seed-1', text: '' };
  expect(persistence.records(notes).getSnapshot()).toEqual({ kind: 'loading' });
  expect(() => persistence.create(notes, () => data)).toThrow('Nothing can be changed now');
  expect(() => persistence.edit(notes, 'seed-1', data)).toThrow('Nothing can be changed now');
  await expect(persistence.save(notes, 'seed-1')).rejects.toThrow('Nothing can be changed now');
  await expect(persistence.remove(notes, ['seed-1'], { agreed: true })).rejects.toThrow(
    'Nothing can be changed',
  );
  const events = ['WRITE_BACK', 'START_EMPTY', 'RETRY', 'damage.decided'] as const;
  expect(events.filter((type) => persistence.root.getSnapshot().can({ type }))).toEqual([]);
  await persistence.close();
  expect(await rawDump(origin.indexedDB, NAME)).toEqual(before);
});

describe('[I3] Data that cannot be trusted', () => {
  it('is neither shown nor taken for emptiness, and nothing is written', async () => {
    const left = await leftBehind();
    await garble(left);
    const before = await rawDump(left.environment.origin.indexedDB, NAME);
    const page = await opened({ origin: left.environment.origin, tab: 'tab-2', seeds: SEEDS });
    expect(asking(page).machine).toBe('recovery');
    expect(findingOf(page)).toMatchObject({ code: 'damaged' });
    expect(page.persistence.records(notes).getSnapshot()).toEqual({ kind: 'loading' });
    expect(() => page.persistence.create(notes, (id) => ({ id, text: '' }))).toThrow();
    await during(page, page.persistence.close());
    expect(await rawDump(left.environment.origin.indexedDB, NAME)).toEqual(before);
  });

  it('can be downloaded as it is', async () => {
    const left = await leftBehind();
    await garble(left);
    const page = await opened({ origin: left.environment.origin, tab: 'tab-2' });
    const bytes = await during(page, page.persistence.downloadStored());
    const file = JSON.parse(new TextDecoder().decode(bytes)) as { stored: { log: { base64: string }[] } };
    expect(file.stored.log[0]?.base64).toBe(btoa('\u0001\u0002\u0003'));
  });

  it('[I17] starts empty when a person wants it, with the damaged bytes in quarantine, and can be undone', async () => {
    const left = await leftBehind();
    await garble(left);
    const { origin } = left.environment;
    const page = await opened({ origin, tab: 'tab-2', seeds: SEEDS });
    await answer(page, 'START_EMPTY');
    await answer(page, 'CONFIRM');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'ready');
    expect(page.persistence.load.getSnapshot()).toMatchObject({ recovered: { id: expect.any(String) } });
    // No first run: nothing is planted over what was lost.
    expect(textsOf(page)).toEqual([]);
    const log = page.persistence.recoveryLog();
    expect(log).toContainEqual(expect.stringMatching(/^2026-.*Z recovery: START_EMPTY → confirmingEmpty$/));
    expect(log.join()).not.toContain('example');
    const { quarantine = [] } = (await rawDump(origin.indexedDB, NAME)) ?? {};
    expect(quarantine).toHaveLength(1);
    const next = await reopened(page, { tab: 'tab-3', seeds: SEEDS });
    expect(next.persistence.load.getSnapshot()).toMatchObject({ kind: 'ready', recovered: null });
  });

  it('is read for a download with what exists only once first: touching what is damaged may cost the rest', async () => {
    const left = await leftBehind();
    await garble(left);
    const page = await opened({ origin: left.environment.origin, tab: 'tab-2', seeds: SEEDS });
    const file = await during(page, page.persistence.downloadStored());
    const { stored } = JSON.parse(new TextDecoder().decode(file)) as { stored: object };
    expect(Object.keys(stored)).toEqual(['head', 'log', 'marks', 'quarantine', 'snapshots']);
  });

  it('is shown read-only as far as it verified when someone decides later', async () => {
    const left = await leftBehind();
    await garble(left);
    const page = await opened({ origin: left.environment.origin, tab: 'tab-2' });
    await answer(page, 'DEFER');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'readOnly');
    expect(page.persistence.load.getSnapshot()).toMatchObject({
      finding: { code: 'notLoaded', load: { code: 'damaged' } },
    });
    expect(page.persistence.records(notes).getSnapshot()).toEqual({
      kind: 'ready',
      records: [],
      readOnly: true,
    });
    await expect(page.persistence.save(notes, 'seed-1')).rejects.toThrow('Nothing can be changed now');
    expect(page.persistence.tags.getSnapshot().map((tags) => [...tags])).toEqual([
      ['needs-user', 'read-only'],
    ]);
  });
});

describe('[I12] An empty database', () => {
  it('that a witness contradicts has vanished: no examples are planted', async () => {
    const left = await leftBehind();
    const { origin } = left.environment;
    const emptied = (await rawDump(origin.indexedDB, NAME)) ?? {};
    const changes = Object.entries(emptied).flatMap(([store, values]) =>
      values.map(([key]) => ({ store, key, value: undefined })),
    );
    await tamper(origin.indexedDB, NAME, changes);
    const page = await opened({ origin, tab: 'tab-2', seeds: SEEDS });
    const vanished = { code: 'vanished', witness: { seq: 1, count: { notes: 2 } } };
    expect(findingOf(page)).toMatchObject(vanished);
    const { actor } = asking(page);
    await answer(page, 'RETRY');
    await until(
      page,
      () => page.persistence.load.getSnapshot().kind === 'asking' && asking(page).actor !== actor,
    );
    expect(findingOf(page)).toMatchObject(vanished);
  });

  it.each([
    [
      'localStorage',
      (environment: ReturnType<typeof testEnvironment>) =>
        environment.origin.localStorage.setItem('old-notes', OLD_NOTES),
    ],
    [
      'a database',
      async (environment: ReturnType<typeof testEnvironment>) => {
        const request = environment.origin.indexedDB.open('old-database');
        request.onupgradeneeded = () =>
          request.result.createObjectStore('values').put(JSON.parse(OLD_NOTES), 'notes');
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        request.result.close();
      },
    ],
  ])(
    'beside data of an earlier version in %s is no first run: it is taken over, and no examples',
    async (_, leave) => {
      const environment = testEnvironment({ tab: 'tab-1' });
      await leave(environment);
      const page = await opened({ environment, seeds: SEEDS, legacy });
      expect(textsOf(page)).toEqual(['of an earlier version']);
      const view = page.persistence.load.getSnapshot();
      const migrated = {
        id: expect.any(String),
        sources: [expect.objectContaining({ imported: 1, state: 'done' })],
      };
      expect(view).toMatchObject({ kind: 'ready', migrated });
      // Once: what is as it was is not taken again, and deleting it does not bring it back.
      await during(page, page.persistence.remove(notes, ['old'], { agreed: true }));
      const next = await reopened(page, { seeds: SEEDS, legacy });
      expect(textsOf(next)).toEqual([]);
      const fresh = await opened({ seeds: SEEDS, legacy });
      expect(textsOf(fresh)).toEqual(['first example', 'second example']);
    },
  );

  it('is a first run when nothing remembers anything', async () => {
    const page = await opened({ seeds: SEEDS });
    expect(textsOf(page)).toHaveLength(2);
    expect(page.environment.origin.localStorage.getItem(witnessKey('notebook'))).not.toBeNull();
  });
});

describe('[I7] Data of a newer version', () => {
  it('is not shown as empty, can be looked at read-only, and is never written', async () => {
    const newer = { ...notes, version: 2 };
    const data = { id: 'n', text: 'of version 2' };
    const ahead = await opened({ stores: [newer], seeds: () => [{ store: newer, id: 'n', data }] });
    const { origin } = ahead.environment;
    await during(ahead, ahead.persistence.close());
    const before = await rawDump(origin.indexedDB, NAME);
    const page = await opened({ origin, tab: 'tab-3', seeds: SEEDS });
    expect(asking(page).machine).toBe('load');
    expect(findingOf(page)).toMatchObject({ code: 'newer' });
    expect(['DOWNLOAD', 'RETRY', 'DEFER'].filter((type) => accepts(page, type))).toEqual(['DEFER']);
    await answer(page, 'DEFER');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'readOnly');
    await during(page, page.persistence.close());
    expect(await rawDump(origin.indexedDB, NAME)).toEqual(before);
  });
});

describe('[F49] Histories that do not agree: one store is ahead of this build, another behind', () => {
  it('count as newer: nothing is brought up to date, and not a byte changes', async () => {
    const stores = [{ ...notes, version: 2 }, settings];
    const seeds = () => [
      { store: { ...notes, version: 2 }, id: 'n', data: { id: 'n', text: 'of version 2' } },
      { store: settings, id: 'settings', data: { theme: 'dark' } },
    ];
    const theirs = await opened({ stores, seeds });
    const { origin } = theirs.environment;
    await during(theirs, theirs.persistence.close());
    const before = await rawDump(origin.indexedDB, NAME);
    const page = await opened({ origin, tab: 'tab-2', stores: [notes, { ...settings, version: 2 }] });
    expect(asking(page).machine).toBe('load');
    expect(findingOf(page)).toMatchObject({ code: 'newer', found: { notes: 2 } });
    await answer(page, 'DEFER');
    await during(page, page.persistence.close());
    expect(await rawDump(origin.indexedDB, NAME)).toEqual(before);
  });
});

describe('[I7] [F08] A database of a newer app', () => {
  it('is said to be newer, is not touched, and can be downloaded', async () => {
    const left = await leftBehind();
    const { origin } = left.environment;
    const environment = testEnvironment({ origin, tab: 'newer' });
    const opening = await createIndexedDbEngine(environment, NAME, { version: 9 }).open();
    if (opening.kind !== 'open') throw new Error(opening.kind);
    opening.connection.close();
    const before = await rawDump(origin.indexedDB, NAME);
    const page = await opened({ origin, tab: 'tab-2', seeds: SEEDS });
    expect(asking(page).machine).toBe('load');
    expect(findingOf(page)).toEqual({ code: 'newer', found: {} });
    expect(['DOWNLOAD', 'RETRY', 'DEFER'].filter((type) => accepts(page, type))).toEqual(['DEFER']);
    const file = new TextDecoder().decode(await during(page, page.persistence.downloadStored()));
    expect(Object.keys(JSON.parse(file).stored.log)).toHaveLength(1);
    await answer(page, 'DEFER');
    await during(page, page.persistence.close());
    expect(await rawDump(origin.indexedDB, NAME)).toEqual(before);
    expect((await origin.indexedDB.databases()).map(({ version }) => version)).toEqual([9]);
  });
});

describe('[F16] Denied storage', () => {
  it('ends in words, with the reason, and can be tried again', async () => {
    const environment = { ...testEnvironment(), indexedDB: () => undefined };
    const page = await opened({ environment });
    expect(asking(page).machine).toBe('boot');
    expect(findingOf(page)).toMatchObject({ code: 'notOpened', class: 'denied', mayHoldData: false });
    const offered = ['RETRY', 'USE_FALLBACK', 'DEFER'].filter((type) => accepts(page, type));
    expect(offered).toEqual(['RETRY', 'USE_FALLBACK', 'DEFER']);
    await expect(page.persistence.downloadStored()).rejects.toMatchObject({ class: 'denied' });
  });
});

describe('Damage that is contained', () => {
  it('is told, and the rest is there', async () => {
    const many = () =>
      Array.from({ length: 20 }, (_, n) => ({
        store: notes,
        id: `n-${n}`,
        data: { id: `n-${n}`, text: `text ${n}!` },
      }));
    const left = await opened({ seeds: many });
    await during(left, left.persistence.close());
    const { origin } = left.environment;
    const [[key, value] = []] = (await rawDump(origin.indexedDB, NAME)).log ?? [];
    const text = new TextDecoder().decode(value as Uint8Array).replace('text 7!', 'text x!');
    await tamper(origin.indexedDB, NAME, [
      { store: 'log', key: key as IDBValidKey, value: new TextEncoder().encode(text) },
    ]);
    const page = await opened({ origin, tab: 'tab-2' });
    const view = page.persistence.load.getSnapshot();
    expect(view).toMatchObject({ kind: 'ready', damage: [{ class: 'corrupt:checksum' }] });
    expect(textsOf(page)).toHaveLength(19);
    page.persistence.edit(notes, 'n-1', { id: 'n-1', text: 'edited' });
    expect(await during(page, page.persistence.flush())).toBe('saved');
    const next = await reopened(page, { tab: 'tab-3' });
    expect(textsOf(next)).toContain('edited');
    expect(textsOf(next)).not.toContain('text x!');
  });
});
