import { IN_ENGINES } from './bugs/engines.ts';
import { IN_SERVICES } from './bugs/services.ts';
import { IN_VAULT } from './bugs/vault.ts';

/** A bug that someone could write, and the promise that must notice. */
export interface Planted {
  name: string;
  /** The id in the title of the test that kills it. */
  promise: string;
  file: string;
  /** Found exactly once in the file. */
  find: string;
  replace: string;
}

export const PLANTED: readonly Planted[] = [...IN_ENGINES, ...IN_VAULT, ...IN_SERVICES];
