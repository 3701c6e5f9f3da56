import { describe, expect, it } from 'vitest';
import { type Status, statusOf } from '../../src/client/statusOf.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { meddle } from '../engines/meddle.ts';
import { rawDump } from '../simulation/world/dump.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import {
  accepts,
  answer,
  asking,
  during,
  findingOf,
  NAME,
  notes,
  opened,
  type Page,
  reopened,
  SEEDS,
  textsOf,
  until,
} from './kit.ts';
import { pageLife } from './pageLife.ts';

/** A page that a test sends away, with a look at what it asks of IndexedDB. */
async function watched() {
  const origin = testOrigin();
  const life = pageLife();
  const asked: string[] = [];
  const connections: IDBDatabase[] = [];
  const disk = { isGone: false };
  const factory = meddle(origin.indexedDB, {
    opening: () => asked.push('open'),
    database: (db) => connections.push(db),
    transaction(tx) {
      asked.push(tx.mode);
      if (disk.isGone && tx.mode === 'readwrite') tx.abort();
    },
  });
  const environment = { ...testEnvironment({ origin }), page: life.life, indexedDB: () => factory };
  const page = await opened({ environment, seeds: SEEDS });
  return { page, life, asked, connections, origin, disk };
}

const edit = ({ persistence }: Page, text: string) =>
  persistence.edit(notes, 'seed-1', { id: 'seed-1', text });
const isOpen = (db: IDBDatabase): boolean => {
  try {
    db.transaction('head');
    return true;
  } catch {
    return false;
  }
};
const rest = () => new Promise((resolve) => setTimeout(resolve, 20));
const isUnsaved = ({ persistence }: Page) =>
  persistence.tags.getSnapshot().some((tags) => tags.has('unsaved'));
const status = ({ persistence }: Page): Status => statusOf(persistence.tags.getSnapshot(), 'ok');

describe('A page that goes', () => {
  it('[F11] [F36] [F60] writes the journal and asks nothing of IndexedDB; connection and channel are let go', async () => {
    const { page, life, asked, connections, origin } = await watched();
    edit(page, 'typed last');
    asked.length = 0;
    life.leave();
    // As browsers do.
    life.hide();
    expect(page.persistence.tags.getSnapshot().some((tags) => tags.has('saving'))).toBe(false);
    await rest();
    page.environment.clock.increment(60_000);
    await rest();
    expect(asked).toEqual([]);
    expect(origin.channels.count()).toBe(0);
    expect(connections.map(isOpen)).toEqual([false]);
    // It died there: the next start goes on with the edit, from the journal.
    page.environment.kill();
    const next = await opened({ origin, tab: 'tab-2' });
    await until(next, () => textsOf(next)[0] === 'typed last');
    await until(next, () => !isUnsaved(next));
  });

  it('[F59] [P06] comes back from the cache with a living connection, its edits, and what another tab did meanwhile', async () => {
    const { page, life, asked, origin } = await watched();
    edit(page, 'typed before');
    life.leave();
    const other = await opened({ origin, tab: 'tab-2' });
    other.persistence.edit(notes, 'seed-2', { id: 'seed-2', text: 'of the other tab' });
    await during(other, other.persistence.flush());
    await rest();
    expect(textsOf(page)).toEqual(['typed before', 'second example']);

    asked.length = 0;
    life.comeBack();
    await until(page, () => !isUnsaved(page) && textsOf(page)[1] === 'of the other tab');
    expect(asked.filter((what) => what === 'open')).toHaveLength(1);
    expect(origin.channels.count()).toBe(2);
    await until(other, () => textsOf(other)[0] === 'typed before');
    // Hints arrive again.
    other.persistence.edit(notes, 'seed-2', { id: 'seed-2', text: 'once more' });
    await during(other, other.persistence.flush());
    await until(page, () => textsOf(page)[1] === 'once more', 0);
  });

  it('[F59] looks by itself what happened meanwhile, though nothing was edited', async () => {
    const { page, life, origin } = await watched();
    life.leave();
    const other = await opened({ origin, tab: 'tab-2' });
    other.persistence.edit(notes, 'seed-2', { id: 'seed-2', text: 'of the other tab' });
    await during(other, other.persistence.flush());
    life.comeBack();
    await until(page, () => textsOf(page)[1] === 'of the other tab', 0);
  });

  it('[F35] saves at once when it is only hidden', async () => {
    const { page, life } = await watched();
    edit(page, 'typed');
    life.hide();
    await until(page, () => !isUnsaved(page), 0);
  });
});

const taken = {
  deleted: (factory: IDBFactory): void => void factory.deleteDatabase(NAME),
  'taken over by a newer build': (factory: IDBFactory): void => {
    const environment = { ...testEnvironment({ tab: 'newer' }), indexedDB: () => factory };
    void createIndexedDbEngine(environment, NAME, { version: 2 }).open();
  },
};
const kindOf = ({ persistence }: Page) => persistence.load.getSnapshot().kind;
const databases = async (factory: IDBFactory): Promise<string[]> =>
  (await factory.databases()).map(({ name, version }) => `${name} ${version}`);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('Data that is deleted while the page is open', () => {
  it('[F12] is told, and never green; memory keeps everything, and no database is made anew', async () => {
    const { page, asked, origin } = await watched();
    edit(page, 'typed last');
    const leave = page.persistence.document(notes, 'seed-1').subscribe(() => {});
    taken.deleted(origin.indexedDB);
    await until(page, () => kindOf(page) === 'lost', 0);
    expect(page.persistence.load.getSnapshot()).toMatchObject({ finding: { code: 'vanished' } });
    asked.length = 0;
    await until(page, () => page.environment.clock.now() > 120_000, 1_000);
    await rest();

    expect(asked).toEqual([]);
    expect(await databases(origin.indexedDB)).toEqual([]);
    expect(isUnsaved(page)).toBe(true);
    expect(status(page).tone).toBe('red');
    expect(textsOf(page)).toEqual(['typed last', 'second example']);
    expect(textOf(page.persistence.downloadChanges())).toContain('typed last');
    expect(textOf(page.persistence.downloadMemory())).toContain('second example');
    leave();
  });

  it('[I14] goes on taking edits, and writes everything back when someone wants it', async () => {
    const { page, origin } = await watched();
    const [before] = await page.persistence.commits(1);
    taken.deleted(origin.indexedDB);
    await until(page, () => kindOf(page) === 'lost', 0);
    edit(page, 'typed into memory');
    page.persistence.root.send({ type: 'WRITE_BACK' });
    await until(page, () => kindOf(page) === 'ready' && !isUnsaved(page));
    expect(status(page).tone).toBe('green');
    const next = await reopened(page, { seeds: SEEDS });
    expect(textsOf(next)).toEqual(['typed into memory', 'second example']);
    // Its history begins anew, and goes on counting from where it was.
    const commits = await next.persistence.commits(9);
    expect(commits.every(({ seq }) => seq > (before?.seq ?? 0))).toBe(true);
  });

  it('[I8] writes nothing over what another tab has put in its place', async () => {
    const { page, origin } = await watched();
    taken.deleted(origin.indexedDB);
    await until(page, () => kindOf(page) === 'lost', 0);
    const other = await opened({ origin, tab: 'tab-2' });
    await answer(other, 'START_EMPTY');
    await answer(other, 'CONFIRM');
    await until(other, () => kindOf(other) === 'ready');
    const before = await rawDump(origin.indexedDB, NAME);
    page.persistence.root.send({ type: 'WRITE_BACK' });
    await until(page, () => {
      const view = page.persistence.load.getSnapshot();
      return view.kind === 'lost' && view.finding.code === 'notWrittenBack';
    });
    expect(await rawDump(origin.indexedDB, NAME)).toEqual(before);
    expect(textsOf(page)).toHaveLength(2);
    expect(status(page).tone).toBe('red');
  });

  it('[F12] can be left behind: what the browser still remembers is told, and someone starts empty', async () => {
    const { page, origin } = await watched();
    taken.deleted(origin.indexedDB);
    await until(page, () => kindOf(page) === 'lost', 0);
    page.persistence.root.send({ type: 'START_EMPTY' });
    await until(page, () => kindOf(page) === 'asking');
    expect(findingOf(page)).toMatchObject({ code: 'vanished', witness: { count: { notes: 2 } } });
    await answer(page, 'START_EMPTY');
    await answer(page, 'CONFIRM');
    await until(page, () => kindOf(page) === 'ready');
    expect(textsOf(page)).toEqual([]);
  });

  it('[I14] offers the copy in memory before anyone starts empty', async () => {
    const { page, origin } = await watched();
    taken.deleted(origin.indexedDB);
    await until(page, () => kindOf(page) === 'lost', 0);
    page.persistence.root.send({ type: 'START_EMPTY' });
    await until(page, () => kindOf(page) === 'asking' && accepts(page, 'DEFER'));
    const { actor, machine } = asking(page);
    if (machine !== 'recovery') throw new Error(machine);
    const [point, ...others] = actor.getSnapshot().context.points ?? [];
    expect([point?.label, point?.count, others]).toEqual(['memory', { notes: 2 }, []]);
    actor.send({ type: 'RESTORE', seq: point?.seq ?? 0 });
    await until(page, () => kindOf(page) === 'ready');
    expect(textsOf(page)).toEqual(['first example', 'second example']);
    const next = await reopened(page, { seeds: SEEDS });
    expect(textsOf(next)).toEqual(['first example', 'second example']);
  });

  it('is told also when nothing was being typed', async () => {
    const { page, origin } = await watched();
    expect(status(page).tone).toBe('green');
    taken.deleted(origin.indexedDB);
    await until(page, () => status(page).key === 'notSaved', 0);
    await expect(page.persistence.service.load('notes')).rejects.toMatchObject({
      code: 'unavailable',
      finding: { code: 'vanished' },
    });
  });

  it('[I12] and at the next start it is said that data vanished, and nothing is planted', async () => {
    const { page, origin } = await watched();
    origin.indexedDB.deleteDatabase(NAME);
    await until(page, () => kindOf(page) === 'lost', 0);
    const next = await reopened(page, { seeds: SEEDS });
    expect(findingOf(next)).toMatchObject({ code: 'vanished', witness: { count: { notes: 2 } } });
  });
});

describe('Data that is taken over by a newer build while the page is open', () => {
  const take = taken['taken over by a newer build'];

  it('[F07] is told; what was edited is saved first, and nothing is written after it', async () => {
    const { page, asked, origin } = await watched();
    edit(page, 'typed last');
    take(origin.indexedDB);
    await until(page, () => page.persistence.root.getSnapshot().matches('superseded'), 0);
    expect(page.persistence.load.getSnapshot()).toMatchObject({
      kind: 'readOnly',
      finding: { code: 'superseded', isAllSaved: true },
    });
    expect(isUnsaved(page)).toBe(false);
    await rest();
    const dump = JSON.stringify(await rawDump(origin.indexedDB, NAME), (_, value: unknown) =>
      value instanceof Uint8Array ? textOf(value) : value,
    );
    expect(dump).toContain('typed last');
    asked.length = 0;
    await until(page, () => page.environment.clock.now() > 120_000, 1_000);
    await rest();
    expect(asked).toEqual([]);
    expect(await databases(origin.indexedDB)).toEqual([`${NAME} 2`]);
    expect(status(page).key).toBe('attention');
    expect(textsOf(page)).toEqual(['typed last', 'second example']);
    expect(() => edit(page, 'more')).toThrow();
    expect(page.persistence.root.getSnapshot().can({ type: 'DEFER' })).toBe(true);
  });

  it('[F07] says that it was not saved where it could not be, and keeps it', async () => {
    const { page, origin, disk } = await watched();
    edit(page, 'typed last');
    const documents = page.persistence.document(notes, 'seed-1');
    disk.isGone = true;
    take(origin.indexedDB);
    await until(page, () => page.persistence.root.getSnapshot().matches('superseded'), 100);
    expect(page.persistence.load.getSnapshot()).toMatchObject({
      finding: { code: 'superseded', isAllSaved: false },
    });
    expect(isUnsaved(page)).toBe(true);
    expect(documents.getSnapshot()).toMatchObject({ data: { text: 'typed last' }, readOnly: true });
    expect(textOf(page.persistence.downloadChanges())).toContain('typed last');
  });
});
