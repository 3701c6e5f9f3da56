import type { AnyActorRef } from 'xstate';
import { z } from 'zod';
import { defineStore } from '../../src/client/store.ts';
import type { Asking } from '../../src/client/types.ts';
import { createPersistence, type Persistence, type PersistenceOptions } from '../../src/client.ts';
import type { Engine } from '../../src/engines/contract.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { type TestEnvironment, testEnvironment, testOrigin } from '../support/environment.ts';

/** Of the app, and so of its database. */
export const NAME = 'notebook';
const engineOf = (environment: TestEnvironment) => createIndexedDbEngine(environment, NAME);

export const notes = defineStore('notes', {
  schema: z.looseObject({ id: z.string(), text: z.string() }),
  version: 1,
  drafts: true,
});
export const settings = defineStore('settings', {
  schema: z.looseObject({ theme: z.string() }),
  version: 1,
  only: 'settings',
});

export const SEEDS = () => [
  { store: notes, id: 'seed-1', data: { id: 'seed-1', text: 'first example' } },
  { store: notes, id: 'seed-2', data: { id: 'seed-2', text: 'second example' } },
];

export interface Page {
  environment: TestEnvironment;
  persistence: Persistence;
}

/** Opens a page of an app with notes and settings; `origin` of another page makes it another tab or a reload. */
export function openPage(
  options: Partial<PersistenceOptions> & {
    environment?: TestEnvironment;
    origin?: TestEnvironment['origin'];
    tab?: string;
    engine?: (environment: TestEnvironment) => Engine;
  } = {},
): Page {
  const { origin = testOrigin(), tab = 'tab-1', engine = engineOf, ...rest } = options;
  const environment = options.environment ?? testEnvironment({ origin, tab });
  const persistence = createPersistence({
    name: NAME,
    stores: [notes, settings],
    engines: [engine(environment)],
    environment,
    ...rest,
  });
  return { environment, persistence };
}

/** Lets real work be done and simulated time pass until something holds. */
export async function until(page: Page, holds: () => unknown, stepMs = 50): Promise<void> {
  const limit = performance.now() + 8_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`It never came to hold: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 0));
    page.environment.clock.increment(stepMs);
  }
}

/** Lets simulated time pass while something is under way. */
export async function during<T>(page: Page, promise: Promise<T>): Promise<T> {
  let isDone = false;
  const done = promise.finally(() => {
    isDone = true;
  });
  done.catch(() => {});
  await until(page, () => isDone);
  return done;
}

export async function opened(...args: Parameters<typeof openPage>): Promise<Page> {
  const page = openPage(...args);
  await until(page, () => {
    const view = page.persistence.load.getSnapshot();
    // Who asks may be at work itself, for a moment.
    return view.kind === 'asking' ? isWaiting(view.asking) : view.kind !== 'loading';
  });
  return page;
}

function isWaiting({ actor }: Asking): boolean {
  return (actor as AnyActorRef).getSnapshot().hasTag('needs-user');
}

/** Closes one page and opens the next on what it left behind. */
export async function reopened(page: Page, options: Parameters<typeof openPage>[0] = {}): Promise<Page> {
  await during(page, page.persistence.close());
  return opened({ ...options, origin: page.environment.origin, tab: options.tab ?? 'tab-next' });
}

/** The machine that asks before there is anything to work with. */
export function asking({ persistence }: Page): Asking {
  const view = persistence.load.getSnapshot();
  if (view.kind !== 'asking') throw new Error(`Nobody asks: it is ${view.kind}`);
  return view.asking;
}

/** Why it asks. */
export const findingOf = (page: Page): unknown => asking(page).actor.getSnapshot().context.finding;

/** What the machine that asks accepts now. */
export function accepts(page: Page, type: string): boolean {
  return (asking(page).actor as AnyActorRef).getSnapshot().can({ type });
}

/** Answers once the machine accepts it. */
export async function answer(page: Page, type: string): Promise<void> {
  await until(page, () => accepts(page, type));
  (asking(page).actor as AnyActorRef).send({ type });
}

export function textsOf({ persistence }: Page): string[] {
  const view = persistence.records(notes).getSnapshot();
  return view.kind === 'ready' ? view.records.map(({ data }) => data.text) : [];
}
