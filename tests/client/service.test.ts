import { describe, expect, it } from 'vitest';
import { wrapEnvelope } from '../../src/client/service/envelope.ts';
import type { PersistenceError } from '../../src/client/service/PersistenceError.ts';
import type { BackupEntry, IPersistenceService } from '../../src/client/service/types.ts';
import { meddle } from '../engines/meddle.ts';
import { rawDump, tamper } from '../simulation/world/dump.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import { during, NAME, notes, opened, openPage, type Page, reopened, textsOf } from './kit.ts';

type Note = { id: string; text: string };
const note = (id: string, text: string): Note => ({ id, text });

/** The service of a page, with the page's clock going on while something is awaited. */
function serviceOf(page: Page) {
  const { service } = page.persistence;
  const call = <T>(task: (service: IPersistenceService) => Promise<T>): Promise<T> =>
    during(page, task(service));
  return {
    service,
    call,
    save: (data: readonly Note[], agreed = false) => call((it) => it.save('notes', data, { agreed })),
    load: () => call((it) => it.load<Note[]>('notes')),
    backups: () => call((it) => it.getBackups('notes')),
  };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'done',
    (error: PersistenceError) => error.code,
  );
}

const dumpOf = ({ environment }: Page) => rawDump(environment.origin.indexedDB, NAME);

describe('Saving and loading', () => {
  it('gives back what was saved, also after a reload', async () => {
    const page = await opened();
    await serviceOf(page).save([note('a', 'one'), note('b', 'two')]);
    await serviceOf(page).call((it) => it.save('settings', { theme: 'dark' }));
    const again = serviceOf(await reopened(page));
    expect(await again.load()).toEqual([note('a', 'one'), note('b', 'two')]);
    expect(await again.call((it) => it.load('settings'))).toEqual({ theme: 'dark' });
  });

  it('waits for the load by itself, and says null only of a document that was never saved', async () => {
    const page = await opened();
    expect(await serviceOf(page).load()).toEqual([]);
    expect(await serviceOf(page).call((it) => it.load('settings'))).toBeNull();
  });

  it('removes what is no longer in the list, but asks before a store shrinks to nothing', async () => {
    const { save, load } = serviceOf(await opened());
    await save([note('a', 'one'), note('b', 'two'), note('c', 'three')]);
    await save([note('a', 'one'), note('c', 'three')]);
    expect(await load()).toEqual([note('a', 'one'), note('c', 'three')]);
    expect(await codeOf(save([]))).toBe('wouldShrink');
    expect(await load()).toHaveLength(2);
    await save([], true);
    expect(await load()).toEqual([]);
  });

  it('hands out copies: what a caller does with them changes nothing until he saves it', async () => {
    const { save, load } = serviceOf(await opened());
    const mine = [note('a', 'one')];
    const saving = save(mine);
    (mine[0] as Note).text = 'changed after the call';
    await saving;
    const loaded = await load();
    expect(loaded).toEqual([note('a', 'one')]);
    (loaded?.[0] as Note).text = 'changed in place';
    expect(await load()).toEqual([note('a', 'one')]);
    await save(loaded as Note[]);
    expect(await load()).toEqual([note('a', 'changed in place')]);
  });

  it('takes what it is given before the load has ended as it was given', async () => {
    const page = openPage();
    const mine = [note('a', 'one')];
    const saving = page.persistence.service.save('notes', mine);
    (mine[0] as Note).text = 'changed after the call';
    await during(page, saving);
    expect(await serviceOf(page).load()).toEqual([note('a', 'one')]);
  });

  it('[B43] makes no commit for equal data, whatever the order of its members', async () => {
    const page = await opened();
    const { save } = serviceOf(page);
    await save([note('a', 'one')]);
    const before = await page.persistence.commits(9);
    await save([{ text: 'one', id: 'a' }]);
    expect(await page.persistence.commits(9)).toEqual(before);
  });

  it('[B02] keeps createdAt, and replaces only the records that changed', async () => {
    const page = await opened();
    const { save } = serviceOf(page);
    await save([note('a', 'one'), note('b', 'two')]);
    page.environment.clock.increment(60_000);
    await save([note('a', 'one'), note('b', 'changed')]);
    const view = page.persistence.records(notes).getSnapshot();
    if (view.kind !== 'ready') throw new Error(view.kind);
    expect(view.records.map(({ rev }) => rev)).toEqual([1, 2]);
    expect(view.records[1]?.createdAt).toBe(view.records[0]?.createdAt);
  });

  it.each([
    ['[B07] what the schema refuses', [{ id: 'a', text: 42 }]],
    ['[B23] what JSON cannot hold', [{ id: 'a', text: 'x', at: Number.NaN }]],
    ['[B11] an id that occurs twice', [note('a', 'one'), note('a', 'two')]],
    ['a record without an id', [{ text: 'one' }]],
    ['what is no list', note('a', 'one')],
  ])('refuses %s, and keeps what is there', async (_, data) => {
    const { save, load, call } = serviceOf(await opened());
    await save([note('a', 'sound')]);
    expect(await codeOf(call((it) => it.save('notes', data)))).toBe('invalid');
    expect(await load()).toEqual([note('a', 'sound')]);
  });

  it('[X16] [B33] knows no key but the stores, `backups` least of all', async () => {
    const { call } = serviceOf(await opened());
    expect(await codeOf(call((it) => it.save('backups', [])))).toBe('unknownKey');
    expect(await codeOf(call((it) => it.load('backups')))).toBe('unknownKey');
    expect(await codeOf(call((it) => it.getBackups('toString')))).toBe('unknownKey');
  });

  it('[X09] never says null or nothing of damage: it says what a person is asked', async () => {
    const left = await opened();
    await serviceOf(left).save([note('a', 'one')]);
    await during(left, left.persistence.close());
    const { origin } = left.environment;
    const garbage = { store: 'log', key: [1, 0], value: new Uint8Array([1, 2, 3]) };
    await tamper(origin.indexedDB, NAME, [garbage]);
    const page = await opened({ origin, tab: 'tab-2' });
    const before = await dumpOf(page);
    const { service } = page.persistence;
    for (const call of [
      service.load('notes'),
      service.save('notes', []),
      service.exportAll(),
      service.importAll({}),
      service.clearAll({ agreed: true }),
      service.getBackups('notes'),
    ]) {
      const error = await call.catch((caught: PersistenceError) => caught);
      expect(error).toMatchObject({
        name: 'PersistenceError',
        code: 'unavailable',
        finding: { code: 'damaged' },
      });
    }
    expect(await dumpOf(page)).toEqual(before);
  });
});

describe('Saves that nobody awaits', () => {
  it('[T11] fifty become two commits, and each promise is kept: its value, or a newer one, is durable', async () => {
    const page = await opened();
    const { service } = page.persistence;
    const durable: number[] = [];
    const saves = Array.from({ length: 50 }, async (_, i) => {
      await service.save('notes', [note('a', `${i}`), note('b', 'still')]);
      // Read past the page that wrote it.
      const other = await opened({ origin: page.environment.origin, tab: `reader-${i}` });
      durable.push(Number(textsOf(other)[0]) - i);
      await during(other, other.persistence.close());
    });
    await during(page, Promise.all(saves));
    expect(durable).toHaveLength(50);
    expect(Math.min(...durable)).toBeGreaterThanOrEqual(0);
    expect((await page.persistence.commits(9)).length).toBe(2);
  });

  it('[T11] saving again what is under way already is not done before it is durable', async () => {
    const page = await opened();
    const { service } = page.persistence;
    const done: string[] = [];
    const first = service.save('notes', [note('a', 'one')]).then(() => done.push('first'));
    const second = service.save('notes', [note('a', 'one')]).then(() => done.push('second'));
    await during(page, Promise.all([first, second]));
    expect(done).toEqual(['first', 'second']);
    expect(await page.persistence.commits(9)).toHaveLength(1);
  });

  it('[I14] what does not fit is told to whoever waits for it, and the newer value brings it along once there is room', async () => {
    const origin = testOrigin();
    let isFull = false;
    const factory = meddle(origin.indexedDB, {
      transaction(tx) {
        if (isFull && tx.mode === 'readwrite') queueMicrotask(() => abortFull(tx));
      },
    });
    const environment = { ...testEnvironment({ origin }), indexedDB: () => factory };
    const page = await opened({ environment });
    const { service } = page.persistence;
    const { load, save } = serviceOf(page);
    await save([note('a', 'one'), note('b', 'two')]);
    isFull = true;
    const first = service.save('notes', [note('a', 'edited'), note('b', 'two')]);
    first.catch(() => {
      isFull = false;
    });
    const second = service.save('notes', [note('a', 'edited'), note('b', 'edited too')]);
    expect(await codeOf(during(page, first))).toBe('full');
    await during(page, second);
    expect(await load()).toEqual([note('a', 'edited'), note('b', 'edited too')]);
  });
});

describe('Two tabs', () => {
  it('[B01] [X17] saving a list does not remove what the other tab has added since it was loaded', async () => {
    const first = await opened();
    await serviceOf(first).save([note('a', 'one')]);
    const second = await opened({ origin: first.environment.origin, tab: 'tab-2' });
    const list = (await serviceOf(second).load()) as Note[];
    await serviceOf(first).save([note('a', 'one'), note('b', 'of the first tab')]);
    await serviceOf(second).save([...list, note('c', 'of the second tab')]);
    const own = [...list, note('c', 'of the second tab')];
    await serviceOf(second).save([...own, note('d', 'later')]);
    const texts = (await serviceOf(second).load())?.map(({ text }) => text).sort();
    expect(texts).toEqual(['later', 'of the first tab', 'of the second tab', 'one']);
  });

  it('[I8] a record that both changed is a conflict: told, and nothing is overwritten', async () => {
    const first = await opened();
    await serviceOf(first).save([note('a', 'one')]);
    const second = await opened({ origin: first.environment.origin, tab: 'tab-2' });
    await serviceOf(second).load();
    await serviceOf(first).save([note('a', 'of the first tab')]);
    expect(await codeOf(serviceOf(second).save([note('a', 'of the second tab')]))).toBe('conflicted');
    expect(await serviceOf(second).load()).toEqual([note('a', 'of the first tab')]);
    await serviceOf(second).save([note('a', 'decided')]);
    expect(await serviceOf(first).load()).toEqual([note('a', 'decided')]);
  });

  it('[P02] a list that was loaded before an import does not undo the import', async () => {
    const { save, load, call } = serviceOf(await opened());
    await save([note('a', 'one')]);
    const stale = (await load()) as Note[];
    await call((it) => it.importAll(seedFile([note('a', 'one'), note('z', 'imported')])));
    await save([...stale, note('b', 'typed')]);
    expect((await load())?.map(({ text }) => text).sort()).toEqual(['imported', 'one', 'typed']);
  });
});

/** A file as the earlier app wrote it. */
function seedFile(rows: unknown, more: Record<string, unknown> = {}) {
  const dates = { version: 1, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z' };
  return {
    version: 1,
    exportedAt: '2026-01-03T00:00:00.000Z',
    application: NAME,
    data: { notes: wrapEnvelope(rows, dates), ...more },
  };
}

describe('Files', () => {
  it('[I18] an export, imported elsewhere, gives the same data', async () => {
    const page = await opened();
    const all = [note('a', 'one'), note('b', 'lone \ud800 surrogate\r\n'), note('c', 'MSH|^~\\&|')];
    await serviceOf(page).save(all);
    await serviceOf(page).call((it) => it.save('settings', { theme: 'dark', unknown: [1, null] }));
    const file = await serviceOf(page).call((it) => it.exportAll());
    expect(file).toMatchObject({ version: 1, format: 1, application: NAME });

    const other = serviceOf(await opened());
    const result = await other.call((it) => it.importAll(JSON.parse(JSON.stringify(file))));
    expect(result).toMatchObject({ success: true, imported: ['notes', 'settings'], errors: [] });
    expect(await other.load()).toEqual(all);
    expect(await other.call((it) => it.load('settings'))).toEqual({ theme: 'dark', unknown: [1, null] });
    expect(await other.call((it) => it.importAll(file))).toMatchObject({
      success: true,
      imported: [],
      commitId: null,
    });
  });

  it('[X10] [F72] an import of 10,000 records is exactly one readwrite transaction, and undone in one', async () => {
    const origin = testOrigin();
    const writes: string[][] = [];
    const factory = meddle(origin.indexedDB, {
      transaction(tx) {
        if (tx.mode === 'readwrite') writes.push([...tx.objectStoreNames]);
      },
    });
    const environment = { ...testEnvironment({ origin }), indexedDB: () => factory };
    const page = await opened({ environment });
    const { save, load, call } = serviceOf(page);
    await save([note('mine', 'stays')]);
    writes.length = 0;
    const rows = Array.from({ length: 10_000 }, (_, i) => note(`n-${i}`, `text ${i}`));
    const result = await call((it) => it.importAll(seedFile(rows)));
    expect(writes).toHaveLength(1);
    expect(result).toMatchObject({ success: true, imported: ['notes'], errors: [] });
    expect(await load()).toHaveLength(10_001);
    writes.length = 0;
    const undone = await during(page, page.persistence.undo(String(result.commitId)));
    expect(undone.kind).toBe('committed');
    expect(writes).toHaveLength(1);
    expect(await load()).toEqual([note('mine', 'stays')]);
  }, 60_000);

  it('[B09] [I5] one bad section refuses all of it, and says which: nothing at all is written', async () => {
    const page = await opened();
    const { save, call } = serviceOf(page);
    await save([note('a', 'one')]);
    const before = await dumpOf(page);
    const dates = {
      version: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
    };
    const bad = seedFile([note('b', 'sound')], { settings: wrapEnvelope({ theme: 42 }, dates) });
    const result = await call((it) => it.importAll(bad));
    expect(result).toMatchObject({
      success: false,
      imported: [],
      errors: [{ key: 'settings', error: 'schema' }],
      refused: { kind: 'refused' },
    });
    for (const nothing of [undefined, null, 7, '', {}, { application: NAME }])
      expect(await call((it) => it.importAll(nothing))).toMatchObject({ success: false, commitId: null });
    expect(await dumpOf(page)).toEqual(before);
  });

  it('[B10] a file with an empty list empties nothing, unless someone wants exactly what it has, and agrees', async () => {
    const { save, load, call } = serviceOf(await opened());
    await save([note('a', 'one')]);
    expect(await call((it) => it.importAll(seedFile([])))).toMatchObject({ success: true, imported: [] });
    expect(await load()).toHaveLength(1);
    const replace = { strategy: 'replace' } as const;
    expect(await codeOf(call((it) => it.importAll(seedFile([]), replace)))).toBe('wouldShrink');
    expect(await load()).toHaveLength(1);
    await call((it) => it.importAll(seedFile([]), { ...replace, agreed: true }));
    expect(await load()).toEqual([]);
  });

  it('leaves what changed on both sides as it is here, and says that it did', async () => {
    const { save, load, call } = serviceOf(await opened());
    await save([note('a', 'here')]);
    const result = await call((it) => it.importAll(seedFile([note('a', 'in the file'), note('b', 'new')])));
    expect(result).toMatchObject({
      success: false,
      imported: ['notes'],
      errors: [{ key: 'notes', error: 'undecided' }],
    });
    expect((await load())?.map(({ text }) => text).sort()).toEqual(['here', 'new']);
  });
});

describe('Backups', () => {
  const textsIn = ({ envelope }: BackupEntry) => (envelope.data as Note[]).map(({ text }) => text);

  it('[B03] [X18] two in one millisecond are two, and each brings back its own', async () => {
    const page = await opened({ environment: { ...testEnvironment(), now: () => Date.UTC(2026, 2, 1) } });
    const { save, load, backups, call } = serviceOf(page);
    for (const text of ['first', 'second', 'third']) await save([note('a', text)]);
    const found = await backups();
    expect(found.map(textsIn)).toEqual([['second'], ['first']]);
    expect(new Set(found.map(({ timestamp }) => timestamp)).size).toBe(1);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    const [, oldest] = found;
    await call((it) => it.restoreBackup('notes', String(oldest?.id)));
    expect(await load()).toEqual([note('a', 'first')]);
    // Named by what it is: the same one after a reload.
    const again = serviceOf(await reopened(page));
    expect((await again.backups()).map(({ id }) => id)).toContain(oldest?.id);
  });

  it('[I16] [X11] restoring keeps what it replaces, touches no other store, and is undone', async () => {
    const page = await opened();
    const { save, load, backups, call } = serviceOf(page);
    await save([note('a', 'one'), note('b', 'two')]);
    await save([note('a', 'one'), note('b', 'two'), note('c', 'three')]);
    await call((it) => it.save('settings', { theme: 'dark' }));
    const [before] = await backups();
    const done = await call((it) => it.restoreBackup('notes', String(before?.id)));
    expect(await load()).toEqual([note('a', 'one'), note('b', 'two')]);
    expect(await call((it) => it.load('settings'))).toEqual({ theme: 'dark' });
    expect((await backups()).map(textsIn)[0]).toEqual(['one', 'two', 'three']);
    const undone = await during(page, page.persistence.undo(String(done.commitId)));
    expect(undone.kind).toBe('committed');
    expect(await load()).toHaveLength(3);
  });

  it('are envelopes as the seed has them, with the dates and the checksum of their data', async () => {
    const page = await opened();
    const { call } = serviceOf(page);
    await call((it) => it.save('settings', { theme: 'dark' }));
    await call((it) => it.save('settings', { theme: 'light' }));
    const [backup] = await call((it) => it.getBackups('settings'));
    expect(backup).toMatchObject({ key: 'settings', kind: 'save' });
    expect(backup?.envelope).toMatchObject({ version: 1, checksum: 'lpr0mx', data: { theme: 'dark' } });
    expect(Date.parse(String(backup?.timestamp))).toBe(Date.parse(String(backup?.envelope.updatedAt)));
  });

  it('[B08] one that cannot be proven is neither listed nor restored, and nothing is changed', async () => {
    const page = await opened();
    const { save, backups, call, load } = serviceOf(page);
    for (const text of ['first', 'second', 'third', 'fourth']) await save([note('a', text)]);
    const found = await backups();
    expect(found.map(textsIn)).toEqual([['third'], ['second'], ['first']]);
    const { origin } = page.environment;
    for (const seq of [2, 3]) {
      const log = (await dumpOf(page)).log ?? [];
      const [, value] = log.find(([key]) => (key as number[])[0] === seq) ?? [];
      const text = new TextDecoder().decode(value as Uint8Array).replace('"text":"', '"text":"!');
      await tamper(origin.indexedDB, NAME, [
        { store: 'log', key: [seq, 0], value: new TextEncoder().encode(text) },
      ]);
    }
    const before = await dumpOf(page);
    expect((await backups()).map(textsIn)).toEqual([['third'], ['first']]);
    expect(await codeOf(call((it) => it.restoreBackup('notes', String(found[1]?.id))))).toBe('damagedBackup');
    for (const id of [
      '',
      'notes_1_0000000000000000',
      'notes_99_00',
      'settings_1_00',
      String(found[0]?.id).slice(1),
    ])
      expect(await codeOf(call((it) => it.restoreBackup('notes', id)))).toBe('unknownBackup');
    expect(await dumpOf(page)).toEqual(before);
    expect(await load()).toEqual([note('a', 'fourth')]);
  });
});

describe('Clearing', () => {
  it('[I17] [B16] [X19] is one commit that asks first, is undone, and leaves history, quarantine and marks alone', async () => {
    const page = await opened({ seeds: () => [{ store: notes, id: 'a', data: note('a', 'planted') }] });
    const { save, load, backups, call } = serviceOf(page);
    await save([note('a', 'edited'), note('b', 'two')]);
    await call((it) => it.save('settings', { theme: 'dark' }));
    const draft = page.persistence.create(notes, (id) => note(id, ''));
    page.persistence.edit(notes, draft, note(draft, 'a draft'));
    await during(page, page.persistence.flush());
    await tamper(page.environment.origin.indexedDB, NAME, [
      { store: 'quarantine', key: 'found', value: new Uint8Array([1, 2, 3]) },
    ]);
    const before = await dumpOf(page);
    expect(await codeOf(call((it) => it.clearAll()))).toBe('wouldShrink');
    expect(await dumpOf(page)).toEqual(before);

    const done = await call((it) => it.clearAll({ agreed: true }));
    expect(await load()).toEqual([]);
    expect(await call((it) => it.load('settings'))).toBeNull();
    const after = await dumpOf(page);
    expect(after.log).toHaveLength((before.log?.length ?? 0) + 1);
    expect(after.marks).toEqual(before.marks);
    expect(after.marks).not.toEqual([]);
    expect(after.quarantine).toEqual(before.quarantine);
    expect((await backups()).map(({ envelope }) => (envelope.data as Note[]).length)).toEqual([2, 1]);

    await during(page, page.persistence.undo(String(done.commitId)));
    expect(await load()).toEqual([note('a', 'edited'), note('b', 'two')]);
    expect(page.persistence.document(notes, draft).getSnapshot()).toMatchObject({
      data: note(draft, 'a draft'),
    });
    expect(await call((it) => it.clearAll({ agreed: true }))).toMatchObject({ commitId: expect.any(String) });
    expect(await call((it) => it.clearAll())).toEqual({ commitId: null });
  });

  it('of one key leaves the others, and what is saved next is made from nothing', async () => {
    const { save, load, call } = serviceOf(await opened());
    await save([note('a', 'one')]);
    await call((it) => it.save('settings', { theme: 'dark' }));
    expect(await codeOf(call((it) => it.delete('notes')))).toBe('wouldShrink');
    await call((it) => it.delete('notes', { agreed: true }));
    expect(await load()).toEqual([]);
    expect(await call((it) => it.load('settings'))).toEqual({ theme: 'dark' });
    await save([note('a', 'anew')]);
    expect(await load()).toEqual([note('a', 'anew')]);
  });

  it('saves what is on screen first, so that undoing brings it back', async () => {
    const page = await opened();
    const { save, load, call } = serviceOf(page);
    await save([note('a', 'one')]);
    page.persistence.edit(notes, 'a', note('a', 'being typed'));
    const done = await call((it) => it.clearAll({ agreed: true }));
    await during(page, page.persistence.undo(String(done.commitId)));
    expect(await load()).toEqual([note('a', 'being typed')]);
  });
});

describe('Beside the screen', () => {
  it('an open document takes over what the service saved', async () => {
    const page = await opened();
    const { save } = serviceOf(page);
    await save([note('a', 'one')]);
    const view = page.persistence.document(notes, 'a');
    const leave = view.subscribe(() => {});
    page.persistence.edit(notes, 'a', note('a', 'edited'));
    await during(page, page.persistence.flush());
    await serviceOf(page).load();
    await save([note('a', 'by the service')]);
    await during(page, page.persistence.flush());
    expect(view.getSnapshot()).toMatchObject({ data: note('a', 'by the service') });
    leave();
  });

  it('[F22] says null of space that the browser says nothing about', async () => {
    const page = await opened();
    expect(await serviceOf(page).call((it) => it.getStorageInfo())).toEqual({
      availableSpace: null,
      usedSpace: null,
      quotaLimit: null,
      adapterType: 'indexeddb',
    });
    const environment = {
      ...testEnvironment(),
      storageManager: {
        estimate: async () => ({ usage: 30, quota: 100 }),
        persist: async () => true,
        persisted: async () => true,
      },
    };
    const other = await opened({ environment });
    expect(await serviceOf(other).call((it) => it.getStorageInfo())).toMatchObject({
      availableSpace: 70,
      usedSpace: 30,
      quotaLimit: 100,
    });
  });
});

/** The browser aborts a transaction that does not fit, after its requests have succeeded. */
function abortFull(tx: IDBTransaction): void {
  try {
    Object.defineProperty(tx, 'error', { get: () => new DOMException('full', 'QuotaExceededError') });
    tx.abort();
  } catch {
    // It is over already.
  }
}
