import { describe, expect, it } from 'vitest';
import type { TestEnvironment } from '../support/environment.ts';
import { during, notes, opened, type Page, SEEDS, textsOf, until } from './kit.ts';

/** The page ends here: its clock stands still for ever, and the browser lets go of its locks. */
function die({ environment }: Page): TestEnvironment['origin'] {
  environment.origin.locks.tab('tab-1').kill();
  return environment.origin;
}

function slotsOf(origin: TestEnvironment['origin']): string[] {
  const { localStorage } = origin;
  return Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '').filter((key) =>
    key.includes(':journal:'),
  );
}

const isSaved = (page: Page) => () =>
  !page.persistence.tags.getSnapshot().some((tags) => tags.has('unsaved')) &&
  slotsOf(page.environment.origin).length === 0;

describe('[F11] An edit that no transaction has seen', () => {
  it('is there after the page died, and only once', async () => {
    const page = await opened({ seeds: SEEDS });
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed last' });
    expect(slotsOf(page.environment.origin)).toHaveLength(1);
    const origin = die(page);

    const next = await opened({ origin, tab: 'tab-2' });
    await until(next, isSaved(next));
    expect(textsOf(next)).toEqual(['typed last', 'second example']);
    const commits = await next.persistence.commits(9);
    const third = await opened({ origin, tab: 'tab-3' });
    await until(third, isSaved(third));
    expect(await third.persistence.commits(9)).toEqual(commits);
  });

  it('is kept as a draft where its record is gone meanwhile: deleted elsewhere, or started empty', async () => {
    const page = await opened({ seeds: SEEDS });
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed last' });
    const origin = die(page);
    // A page of another profile that looks at the same data, and replays no journal.
    const { localStorage } = origin;
    const [slot = ''] = slotsOf(origin);
    const left = localStorage.getItem(slot) ?? '';
    localStorage.removeItem(slot);
    const other = await opened({ origin, tab: 'tab-2' });
    await during(other, other.persistence.remove(notes, ['seed-1'], { agreed: true }));
    await during(other, other.persistence.close());
    localStorage.setItem(slot, left);

    const next = await opened({ origin, tab: 'tab-3' });
    await until(next, isSaved(next));
    expect(textsOf(next)).toEqual(['second example', 'typed last']);
    expect(next.persistence.document(notes, 'seed-1').getSnapshot()).toMatchObject({
      isDraft: true,
      finding: null,
    });
    const commits = await next.persistence.commits(9);
    const again = await opened({ origin, tab: 'tab-4' });
    await until(again, isSaved(again));
    expect(await again.persistence.commits(9)).toEqual(commits);
  });

  it('is dropped from the journal once it is stored', async () => {
    const page = await opened({ seeds: SEEDS });
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed' });
    await during(page, page.persistence.flush());
    expect(slotsOf(page.environment.origin)).toEqual([]);
  });

  it('of a draft that was discarded in the end comes to nothing', async () => {
    const page = await opened({ seeds: SEEDS });
    const id = page.persistence.create(notes, (newId) => ({ id: newId, text: 'new' }));
    page.persistence.edit(notes, id, { id, text: 'newer' });
    await during(page, page.persistence.flush());
    page.environment.clock.increment(2_000);
    const discarding = page.persistence.discard(notes, id);
    const { localStorage } = page.environment.origin;
    const [slot = ''] = slotsOf(page.environment.origin);
    const left = localStorage.getItem(slot) ?? '';
    expect(left).not.toBe('');
    await during(page, discarding);
    localStorage.setItem(slot, left);
    const origin = die(page);

    const next = await opened({ origin, tab: 'tab-2' });
    await until(next, isSaved(next));
    expect(textsOf(next)).toEqual(['first example', 'second example']);
  });

  it('does not come back over what was saved after it', async () => {
    const page = await opened({ seeds: SEEDS });
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'older' });
    const { localStorage } = page.environment.origin;
    const [slot = ''] = slotsOf(page.environment.origin);
    const left = localStorage.getItem(slot) ?? '';
    await during(page, page.persistence.flush());
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'newer' });
    await during(page, page.persistence.flush());
    // The page died before it could drop its slot.
    localStorage.setItem(slot, left);
    const origin = die(page);

    const next = await opened({ origin, tab: 'tab-2' });
    await until(next, isSaved(next));
    expect(textsOf(next)).toEqual(['newer', 'second example']);
  });

  it('is not written over what another tab made of the record meanwhile; it waits for a person', async () => {
    const page = await opened({ seeds: SEEDS });
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed last' });
    const { origin } = page.environment;
    const other = await opened({ origin, tab: 'tab-2' });
    other.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'theirs' });
    await during(other, other.persistence.flush());
    die(page);

    const next = await opened({ origin, tab: 'tab-3' });
    const document = next.persistence.document(notes, 'seed-1');
    await until(next, () => {
      const view = document.getSnapshot();
      return view.kind === 'open' && view.finding?.code === 'conflicted';
    });
    expect(document.getSnapshot()).toMatchObject({ data: { text: 'typed last' } });
    expect(textsOf(other)).toEqual(['theirs', 'second example']);
  });

  it('that was torn while it was written is set aside, byte for byte, and nothing else is touched', async () => {
    const page = await opened({ seeds: SEEDS });
    page.environment.origin.localStorage.setItem('notebook:journal:gone', '99:torn');
    const { origin } = page.environment;
    await during(page, page.persistence.close());
    const next = await opened({ origin, tab: 'tab-2' });
    await until(next, () => slotsOf(origin).length === 0);
    expect(textsOf(next)).toEqual(['first example', 'second example']);
    const stored = new TextDecoder().decode(await next.persistence.downloadStored());
    const { quarantine } = (JSON.parse(stored) as { stored: { quarantine: { base64: string }[] } }).stored;
    const kept = JSON.parse(atob(quarantine[0]?.base64 ?? '')) as { bytes: string };
    expect(JSON.stringify(kept)).toContain(btoa('99:torn'));
  });

  it('is left alone while its tab lives', async () => {
    const page = await opened({ seeds: SEEDS });
    page.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'being typed' });
    const other = await opened({ origin: page.environment.origin, tab: 'tab-2' });
    other.environment.clock.increment(5_000);
    expect(textsOf(other)).toEqual(['first example', 'second example']);
    expect(slotsOf(page.environment.origin)).toHaveLength(1);
  });
});
