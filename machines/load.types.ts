import type { Damage, Stored, VaultState, Verdict } from '../src/vault/contract.ts';
import type { Envelope } from '../src/vault/types.ts';
import type { MigrationFinding, MigrationReport } from './migration.types.ts';
import type { RecoveryInput } from './recovery.types.ts';
import type { LoadFinding, Witnessed } from './types.ts';

/** What `boot` knows, and storage no longer says. */
export interface LoadInput {
  /** A look at the databases failed, and then none was there: an empty storage is no first run (F42). */
  readonly isWiped: boolean;
}

/** The person's `corruptionHandling`. */
export type Policy = RecoveryInput['policy'];

/** What reading gave `load`, before anything is believed. `hasPending`: an earlier version left something to look at. */
export type LoadReading =
  | { readonly kind: 'found'; readonly stored: Stored; readonly hasPending: boolean }
  /** `isProven`: nothing is stored, and nothing remembers that anything was. Only then may examples be planted. */
  | {
      readonly kind: 'firstRun';
      readonly state: VaultState;
      readonly isProven: boolean;
      readonly hasPending: boolean;
    }
  | { readonly kind: 'vanished'; readonly witness: Witnessed };

/** What checking gave `load`. `policy` is read from what verified. */
export type Judgement =
  | Exclude<Verdict, { kind: 'damaged' }>
  | (Extract<Verdict, { kind: 'damaged' }> & { readonly policy: Policy });

/** A recovery that was carried out in this run. */
export interface Recovered {
  /** For Undo. */
  readonly id: string;
  readonly count: Readonly<Record<string, number>>;
}

/** What one reading, and the checking of it, found. */
export interface FlowContext {
  readonly stored: Stored | null;
  /** An earlier version of the app, or a fallback engine, left something that was not looked at as it is now. */
  readonly hasPending: boolean;
  /** Verified, and handed up on `loaded`. */
  readonly state: VaultState | null;
  readonly isFirstRun: boolean;
  readonly finding: LoadFinding | null;
  /** Why the migration stopped, where someone chose to decide later. */
  readonly halted: MigrationFinding | null;
  /** Records that passed their checks: all that a read-only session may show. */
  readonly readable: readonly Envelope[];
  /** False while a living connection still reads what the next opening might cost (durability 3.11). */
  readonly mayReopen: boolean;
  readonly policy: Policy;
}

/** What `load` remembers. */
export interface LoadContext extends LoadInput, FlowContext {
  /** Readings that failed one after the other, at most three. */
  readonly tries: number;
  /** The policy acts once: whatever is damaged afterwards is a person's to decide. */
  readonly hasActed: boolean;
  /** Of this run: nothing is migrated twice before a person asks for it. */
  readonly migrated: MigrationReport | null;
  readonly recovered: Recovered | null;
}

/** Why nothing may be written in this session. */
export type DeferredFinding = LoadFinding | MigrationFinding;

/** Outcome of the `load` machine. */
export type LoadResult =
  | {
      readonly kind: 'loaded';
      readonly state: VaultState;
      /** Proven: nothing is stored, and nothing remembers that anything was. */
      readonly isFirstRun: boolean;
      /** What was repaired or set aside; told, and counted separately. */
      readonly damage: readonly Damage[];
      /** To be told, with Undo. */
      readonly recovered: Recovered | null;
      readonly migrated: MigrationReport | null;
    }
  /** Nothing may be written; what could be read and checked is shown, read-only. */
  | { readonly kind: 'deferred'; readonly finding: DeferredFinding; readonly readable: readonly Envelope[] };
