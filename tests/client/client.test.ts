import { describe, expect, it } from 'vitest';
import { InvalidRecord } from '../../src/client/store.ts';
import { NotReady } from '../../src/client/types.ts';
import { during, notes, opened, openPage, reopened, SEEDS, settings, textsOf, until } from './kit.ts';

describe('Starting', () => {
  it('shows nothing as data before it is loaded, and refuses changes until then', async () => {
    const page = openPage();
    const { persistence } = page;
    expect(persistence.load.getSnapshot()).toEqual({ kind: 'loading' });
    expect(persistence.records(notes).getSnapshot()).toEqual({ kind: 'loading' });
    expect(() => persistence.create(notes, (id) => ({ id, text: 'early' }))).toThrow(NotReady);
    await until(page, () => persistence.load.getSnapshot().kind === 'ready');
    expect(persistence.records(notes).getSnapshot()).toEqual({ kind: 'ready', records: [], readOnly: false });
  });

  it('[P04] plants the examples once, and deleting all of them never brings them back', async () => {
    let page = await opened({ seeds: SEEDS });
    expect(textsOf(page)).toEqual(['first example', 'second example']);
    page = await reopened(page, { seeds: SEEDS, tab: 'tab-2' });
    expect(textsOf(page)).toEqual(['first example', 'second example']);
    const removed = await during(
      page,
      page.persistence.remove(notes, ['seed-1', 'seed-2'], { agreed: true }),
    );
    expect(removed.kind).toBe('committed');
    page = await reopened(page, { seeds: SEEDS, tab: 'tab-3' });
    expect(textsOf(page)).toEqual([]);
  });
});

describe('Editing', () => {
  it('shows an edit at once, says unsaved until it is stored, and keeps it over a reload', async () => {
    let page = await opened({ seeds: SEEDS });
    const { persistence } = page;
    persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'edited' });
    expect(textsOf(page)).toEqual(['edited', 'second example']);
    expect(persistence.tags.getSnapshot().some((tags) => tags.has('unsaved'))).toBe(true);
    await until(page, () => !persistence.tags.getSnapshot().some((tags) => tags.has('unsaved')));
    expect(textsOf(page)).toEqual(['edited', 'second example']);
    page = await reopened(page);
    expect(textsOf(page)).toEqual(['edited', 'second example']);
  });

  it('[B02] keeps createdAt through every save', async () => {
    const page = await opened({ seeds: SEEDS });
    const before = page.persistence.records(notes).getSnapshot();
    page.environment.clock.increment(5_000);
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'edited' });
    await during(page, page.persistence.flush());
    const after = page.persistence.records(notes).getSnapshot();
    if (before.kind !== 'ready' || after.kind !== 'ready') throw new Error('not ready');
    expect(after.records[0]?.createdAt).toBe(before.records[0]?.createdAt);
    expect(after.records[0]?.updatedAt).not.toBe(before.records[0]?.updatedAt);
  });

  it('[B43] makes no commit for equal data', async () => {
    const page = await opened({ seeds: SEEDS });
    const before = await page.persistence.commits(10);
    page.persistence.edit(notes, 'seed-1', { text: 'first example', id: 'seed-1' });
    await during(page, page.persistence.flush());
    await during(page, page.persistence.save(notes, 'seed-1'));
    expect(await page.persistence.commits(10)).toEqual(before);
  });

  it('[B07] refuses what could be written and then not be read, without its contents', async () => {
    const page = await opened({ seeds: SEEDS });
    const invalid = { id: 'seed-1', text: 42 } as unknown as { id: string; text: string };
    expect(() => page.persistence.edit(notes, 'seed-1', invalid)).toThrow(InvalidRecord);
    expect(() => page.persistence.edit(notes, 'seed-1', invalid)).toThrow(
      /^A record of notes is not valid at text$/,
    );
    expect(textsOf(page)).toEqual(['first example', 'second example']);
  });

  it('makes a document such as settings by editing it', async () => {
    let page = await opened();
    page.persistence.edit(settings, 'settings', { theme: 'dark' });
    expect(page.persistence.document(settings, 'settings').getSnapshot()).toMatchObject({
      data: { theme: 'dark' },
      isDraft: false,
    });
    page = await reopened(page);
    expect(page.persistence.document(settings, 'settings').getSnapshot()).toMatchObject({
      kind: 'open',
      data: { theme: 'dark' },
    });
  });
});

describe('[P07] A new record', () => {
  it('is a draft until it is saved: one commit puts the record and removes the draft', async () => {
    let page = await opened({ seeds: SEEDS });
    const id = page.persistence.create(notes, (newId) => ({ id: newId, text: 'new' }));
    page.persistence.edit(notes, id, { id, text: 'newer' });
    expect(page.persistence.document(notes, id).getSnapshot()).toMatchObject({
      isDraft: true,
      data: { text: 'newer' },
    });
    page = await reopened(page);
    expect(page.persistence.document(notes, id).getSnapshot()).toMatchObject({
      isDraft: true,
      data: { text: 'newer' },
    });
    page.environment.setWallClock(Date.UTC(2026, 2, 2));
    const before = (await page.persistence.commits(10)).length;
    expect(await during(page, page.persistence.save(notes, id))).toEqual({ kind: 'saved' });
    const [newest, ...older] = await page.persistence.commits(10);
    expect(older).toHaveLength(before);
    expect(newest?.changes).toBe(2);
    expect(page.persistence.document(notes, id).getSnapshot()).toMatchObject({
      isDraft: false,
      data: { text: 'newer' },
    });
    page = await reopened(page, { tab: 'tab-3' });
    expect(textsOf(page)).toEqual(['first example', 'second example', 'newer']);
  });

  it.each(['at once', 'after it was kept'])('leaves nothing behind when it is discarded %s', async (when) => {
    let page = await opened({ seeds: SEEDS });
    const id = page.persistence.create(notes, (newId) => ({ id: newId, text: 'new' }));
    page.persistence.edit(notes, id, { id, text: 'newer' });
    if (when === 'after it was kept') await during(page, page.persistence.flush());
    await during(page, page.persistence.discard(notes, id));
    expect(textsOf(page)).toEqual(['first example', 'second example']);
    page = await reopened(page);
    expect(textsOf(page)).toEqual(['first example', 'second example']);
  });

  it('leaves nothing behind when its editor is closed and nobody typed', async () => {
    let page = await opened({ seeds: SEEDS });
    const id = page.persistence.create(notes, (newId) => ({ id: newId, text: '' }));
    page.environment.clock.increment(10_000);
    await during(page, page.persistence.flush());
    await during(page, page.persistence.closeDocument(notes, id));
    expect(textsOf(page)).toEqual(['first example', 'second example']);
    page = await reopened(page);
    expect(textsOf(page)).toEqual(['first example', 'second example']);
  });

  it('stays a draft when its editor is closed and somebody typed', async () => {
    let page = await opened();
    const id = page.persistence.create(notes, (newId) => ({ id: newId, text: '' }));
    page.persistence.edit(notes, id, { id, text: 'typed' });
    await during(page, page.persistence.closeDocument(notes, id));
    page = await reopened(page);
    expect(page.persistence.document(notes, id).getSnapshot()).toMatchObject({
      isDraft: true,
      data: { text: 'typed' },
    });
  });
});

describe('Removing and undoing', () => {
  it('refuses to shrink a store below half unless someone agreed, and undoes what was removed', async () => {
    const page = await opened({ seeds: SEEDS });
    const { persistence } = page;
    expect(await during(page, persistence.remove(notes, ['seed-1', 'seed-2']))).toEqual({
      kind: 'notCommitted',
      why: 'wouldShrink',
    });
    const removed = await during(page, persistence.remove(notes, ['seed-1', 'seed-2'], { agreed: true }));
    if (removed.kind !== 'committed') throw new Error(removed.kind);
    expect(textsOf(page)).toEqual([]);
    expect(await during(page, persistence.undo(removed.commitId))).toMatchObject({ kind: 'committed' });
    expect(textsOf(page)).toEqual(['first example', 'second example']);
  });

  it('saves what is being typed before it removes, so that it is in the history', async () => {
    const page = await opened({ seeds: SEEDS });
    const { persistence } = page;
    persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed last' });
    const removed = await during(page, persistence.remove(notes, ['seed-1']));
    if (removed.kind !== 'committed') throw new Error(removed.kind);
    await during(page, persistence.undo(removed.commitId));
    expect(textsOf(page)).toEqual(['typed last', 'second example']);
  });

  it('leaves what changed since as it is, and asks before it undoes the rest', async () => {
    const page = await opened({ seeds: SEEDS });
    const { persistence } = page;
    persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'changed since' });
    await during(page, persistence.flush());
    const [, planted] = await persistence.commits(2);
    const touched = { kind: 'touched', touched: [{ store: 'notes', id: 'seed-1' }] };
    expect(await during(page, persistence.undo(planted?.id ?? ''))).toEqual(touched);
    expect(textsOf(page)).toEqual(['changed since', 'second example']);
    const undone = await during(page, persistence.undo(planted?.id ?? '', { agreed: true }));
    expect(undone.kind).toBe('committed');
    expect(textsOf(page)).toEqual(['changed since']);
    expect(await persistence.undo('nobody knows')).toEqual({ kind: 'unknown' });
  });

  it('shows an undo in an open document', async () => {
    const page = await opened({ seeds: SEEDS });
    const { persistence } = page;
    const view = persistence.document(notes, 'seed-1');
    const leave = view.subscribe(() => {});
    persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'one' });
    await during(page, persistence.flush());
    const [newest] = await persistence.commits(1);
    await during(page, persistence.undo(newest?.id ?? ''));
    await until(page, () => view.getSnapshot().kind === 'open' && textsOf(page)[0] === 'first example');
    expect(view.getSnapshot()).toMatchObject({ data: { text: 'first example' } });
    leave();
  });
});
