import { describe, expect, it } from 'vitest';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import { during, notes, opened, openPage, type Page, SEEDS, textsOf, until } from './kit.ts';
import { pageLife } from './pageLife.ts';

async function bothTabs(): Promise<[Page, Page]> {
  const first = await opened({ seeds: SEEDS });
  const second = await opened({ origin: first.environment.origin, tab: 'tab-2' });
  return [first, second];
}

describe('Two tabs', () => {
  it('[B01] [P01] see what the other one made, and neither erases it', async () => {
    const [first, second] = await bothTabs();
    const id = first.persistence.create(notes, (newId) => ({ id: newId, text: 'of the first tab' }));
    await during(first, first.persistence.save(notes, id));
    await until(second, () => textsOf(second).length === 3);
    const other = second.persistence.create(notes, (newId) => ({ id: newId, text: 'of the second tab' }));
    await during(second, second.persistence.save(notes, other));
    await until(first, () => textsOf(first).length === 4);
    expect(textsOf(first).sort()).toEqual(textsOf(second).sort());
  });

  it('[I12] that begin at the same moment plant the examples once', async () => {
    const origin = testOrigin();
    const [first, second] = [
      openPage({ origin, seeds: SEEDS }),
      openPage({ origin, tab: 'tab-2', seeds: SEEDS }),
    ];
    const isReady = ({ persistence }: Page) => persistence.load.getSnapshot().kind === 'ready';
    await until(first, () => {
      second.environment.clock.increment(50);
      return isReady(first) && isReady(second);
    });
    await until(second, () => textsOf(second).length === 2);
    expect(textsOf(first)).toEqual(['first example', 'second example']);
    expect(textsOf(second)).toEqual(['first example', 'second example']);
    const [only, ...others] = await second.persistence.commits(9);
    expect([only?.seq, others]).toEqual([1, []]);
    second.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'edited by the second' });
    expect(await during(second, second.persistence.flush())).toBe('saved');
    await until(first, () => textsOf(first)[0] === 'edited by the second');
  });

  it('an open document takes over what the other tab saved', async () => {
    const [first, second] = await bothTabs();
    const document = second.persistence.document(notes, 'seed-1');
    const leave = document.subscribe(() => {});
    second.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'from the second' });
    await during(second, second.persistence.flush());
    await until(first, () => textsOf(first)[0] === 'from the second');
    first.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'from the first' });
    await during(first, first.persistence.flush());
    await until(second, () => textsOf(second)[0] === 'from the first');
    expect(document.getSnapshot()).toMatchObject({ data: { text: 'from the first' }, finding: null });
    leave();
  });

  it('[B42] [I8] edits of the same record are never overwritten in silence', async () => {
    const [first, second] = await bothTabs();
    first.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'from the first' });
    second.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'from the second' });
    expect(await during(first, first.persistence.flush())).toBe('saved');
    expect(await during(second, second.persistence.flush())).toBe('unsaved');
    expect(second.persistence.document(notes, 'seed-1').getSnapshot()).toMatchObject({
      data: { text: 'from the second' },
      finding: { code: 'conflicted' },
    });
    const changes = JSON.parse(new TextDecoder().decode(second.persistence.downloadChanges()));
    expect(changes).toEqual([
      { store: 'notes', id: 'seed-1', data: { id: 'seed-1', text: 'from the second' } },
    ]);
    expect(textsOf(first)[0]).toBe('from the first');
  });

  it('[F61] without channel and locks nothing is lost, and the other tab is seen when the page is looked at', async () => {
    const origin = testOrigin();
    const page = pageLife();
    const without = ['channel', 'locks'] as const;
    const environment = (tab: string) => ({ ...testEnvironment({ origin, tab, without }), page: page.life });
    const first = await opened({ environment: environment('tab-1'), seeds: SEEDS });
    const second = await opened({ environment: environment('tab-2') });
    first.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'from the first' });
    await during(first, first.persistence.flush());
    expect(textsOf(second)[0]).toBe('first example');
    page.show();
    await until(second, () => textsOf(second)[0] === 'from the first', 0);
    first.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'once more' });
    await during(first, first.persistence.flush());
    await until(second, () => textsOf(second)[0] === 'once more', 1_000);
  });

  it('survives a message that is none of ours', async () => {
    const [first] = await bothTabs();
    const channel = first.environment.origin.channels.open('notebook:commits');
    for (const message of [null, 'text', { seq: 'many' }, { kind: 'other' }]) channel.postMessage(message);
    await new Promise((resolve) => setTimeout(resolve, 5));
    first.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'goes on' });
    expect(await during(first, first.persistence.flush())).toBe('saved');
  });
});

describe('A page', () => {
  it('[F11] saves at once when it is hidden, without waiting for the timer', async () => {
    const page = pageLife();
    const environment = { ...testEnvironment(), page: page.life };
    const open = await opened({ environment, seeds: SEEDS });
    open.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed' });
    page.hide();
    await until(open, () => !open.persistence.tags.getSnapshot().some((tags) => tags.has('unsaved')), 0);
    expect(textsOf(open)[0]).toBe('typed');
  });

  it('lets go of everything when it is closed', async () => {
    const page = pageLife();
    const environment = { ...testEnvironment(), page: page.life };
    const open = await opened({ environment, seeds: SEEDS });
    await during(open, open.persistence.close());
    expect(page.listeners()).toBe(0);
    expect(environment.origin.channels.count()).toBe(0);
    expect(() => open.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'too late' })).toThrow();
  });

  it('tells inspectors what its machines do, and nothing of what people wrote [I22]', async () => {
    const open = await opened({ seeds: SEEDS });
    const events: unknown[] = [];
    const stop = open.persistence.inspect((event) => events.push(event));
    open.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'CANARY' });
    expect(open.persistence.actors()).toMatchObject([
      { machine: 'persistence', value: { ready: 'durable' } },
      { machine: 'save', value: 'edited' },
    ]);
    await during(open, open.persistence.flush());
    stop();
    expect(JSON.stringify(events)).toContain('xstate.done.actor.writeCommit');
    expect(JSON.stringify(events)).not.toContain('CANARY');
  });

  it('downloads what it holds, edits included', async () => {
    const open = await opened({ seeds: SEEDS });
    open.persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed' });
    const memory = new TextDecoder().decode(open.persistence.downloadMemory());
    expect(memory).toContain('typed');
    expect(memory).toContain('second example');
  });
});
