import { describe, expect, it } from 'vitest';
import { type Status, statusOf } from '../../src/client/statusOf.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { meddle } from '../engines/meddle.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import { during, NAME, notes, opened, type Page, reopened, SEEDS, textsOf, until } from './kit.ts';
import { pageLife } from './pageLife.ts';

/** A page that a test sends away, with a look at what it asks of IndexedDB. */
async function watched() {
  const origin = testOrigin();
  const life = pageLife();
  const asked: string[] = [];
  const connections: IDBDatabase[] = [];
  const factory = meddle(origin.indexedDB, {
    opening: () => asked.push('open'),
    database: (db) => connections.push(db),
    transaction: (tx) => asked.push(tx.mode),
  });
  const environment = { ...testEnvironment({ origin }), page: life.life, indexedDB: () => factory };
  const page = await opened({ environment, seeds: SEEDS });
  return { page, life, asked, connections, origin };
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

describe.each([
  ['deleted', 'vanished', (factory: IDBFactory): void => void factory.deleteDatabase(NAME)],
  [
    'taken over by a newer build',
    'newer',
    (factory: IDBFactory): void => {
      const environment = { ...testEnvironment({ tab: 'newer' }), indexedDB: () => factory };
      void createIndexedDbEngine(environment, NAME, { version: 2 }).open();
    },
  ],
] as const)('Data that is %s while the page is open', (_, code, take) => {
  it('[F12] [F07] is told, and never green; writing stops, memory keeps everything, and no database is made anew', async () => {
    const { page, asked, origin } = await watched();
    edit(page, 'typed last');
    const leave = page.persistence.document(notes, 'seed-1').subscribe(() => {});
    take(origin.indexedDB);
    await until(page, () => page.persistence.load.getSnapshot().kind === 'readOnly', 0);
    expect(page.persistence.load.getSnapshot()).toMatchObject({ kind: 'readOnly', finding: { code } });
    asked.length = 0;
    await until(page, () => page.environment.clock.now() > 120_000, 1_000);
    await rest();

    expect(asked).toEqual([]);
    const found: string[] = (await origin.indexedDB.databases()).map(
      ({ name, version }) => `${name} ${version}`,
    );
    expect(found).toEqual(code === 'vanished' ? [] : [`${NAME} 2`]);
    expect(isUnsaved(page)).toBe(true);
    expect(status(page).tone).not.toBe('green');
    expect(textsOf(page)).toEqual(['typed last', 'second example']);
    expect(page.persistence.document(notes, 'seed-1').getSnapshot()).toMatchObject({ readOnly: true });
    expect(() => edit(page, 'more')).toThrow();
    expect(new TextDecoder().decode(page.persistence.downloadChanges())).toContain('typed last');
    expect(new TextDecoder().decode(page.persistence.downloadMemory())).toContain('second example');
    leave();
  });

  it('is told also when nothing was being typed', async () => {
    const { page, origin } = await watched();
    expect(status(page).tone).toBe('green');
    take(origin.indexedDB);
    await until(page, () => status(page).key === 'attention', 0);
    await expect(page.persistence.service.load('notes')).rejects.toMatchObject({
      code: 'unavailable',
      finding: { code },
    });
  });
});

it('[I12] after a deletion the next start says that data vanished, and plants nothing', async () => {
  const { page, origin } = await watched();
  origin.indexedDB.deleteDatabase(NAME);
  await until(page, () => page.persistence.load.getSnapshot().kind === 'readOnly', 0);
  const next = await reopened(page, { seeds: SEEDS });
  expect(next.persistence.load.getSnapshot()).toMatchObject({
    kind: 'unavailable',
    finding: { code: 'vanished', witness: { count: { notes: 2 } } },
  });
});
