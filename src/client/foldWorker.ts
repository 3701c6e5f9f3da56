import type { Engine } from '../engines/contract.ts';
import { createOwner } from '../engines/owner.ts';
import type { Environment } from '../environment.ts';
import { foldVault } from '../services/foldVault.ts';
import type { FoldOutcome } from '../vault/fold.ts';
import { rulesOfAll } from './rulesOfAll.ts';
import type { AnyStore } from './store.ts';

/** What a page asks of its worker. */
export interface FoldRequest {
  readonly name: string;
  readonly dueSince: number;
}

/** What it answers; `error` is the class of what went wrong. */
export type FoldReply = { readonly outcome: FoldOutcome } | { readonly error: string };

interface Options {
  environment: Environment;
  /** The same as the page has, so that a fold judges every record as a load does. */
  stores: readonly AnyStore[];
  /** The database of that name, for a connection of the worker's own. */
  engineOf(name: string): Engine;
}

/**
 * The worker's side: folds once, over a connection of its own, and lets go of it.
 *
 * @example
 * // fold.worker.ts
 * const folds = answerFolds({ environment, stores, engineOf: (name) => createIndexedDbEngine(environment, name) });
 * self.onmessage = async ({ data }) => self.postMessage(await folds(data));
 */
export function answerFolds({ environment, stores, engineOf }: Options) {
  const rules = rulesOfAll(stores);
  return async ({ name, dueSince }: FoldRequest): Promise<FoldReply> => {
    const owner = createOwner(engineOf(name), environment);
    try {
      return { outcome: await foldVault(owner, { rules, environment, dueSince }) };
    } catch (error) {
      return { error: (error as { class?: string }).class ?? 'programmer' };
    } finally {
      owner.close();
    }
  };
}
