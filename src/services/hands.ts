import type { Owner } from '../engines/owner.ts';
import type { Environment } from '../environment.ts';
import type { Appending, Vault } from '../vault/contract.ts';
import type { Rules } from '../vault/rules.ts';
import type { Found } from './found.ts';

/** What services work with. Made once, by the composition root. */
export interface Hands {
  /** Of the database, and the beginning of its keys in localStorage. */
  readonly name: string;
  readonly environment: Environment;
  /** The one who opens and reopens; nobody else does. */
  readonly owner: Owner;
  readonly rules: Rules;
  /**
   * The only writer.
   *
   * @throws Error before a load has verified what is stored: until then nothing can be written
   */
  vault(): Vault;
  /** What was judged and proven on the way to a recovery; without it everything is looked at anew. */
  readonly found?: Found;
  /** Writes that went out and were not answered in time, by commit id, for the one that gives them up. */
  readonly unanswered: Map<string, Appending>;
}
