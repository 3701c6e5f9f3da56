import { type AnyActor, type AnyActorLogic, createActor, fromPromise, toPromise } from 'xstate';
import type { LoadInput, LoadReading, Policy } from '../../../machines/load.types.ts';
import { migrationMachine } from '../../../machines/migration.machine.ts';
import type { LegacyRow, MigrationResult } from '../../../machines/migration.types.ts';
import { recoveryMachine } from '../../../machines/recovery.machine.ts';
import type { RecoveryInput, RecoveryResult } from '../../../machines/recovery.types.ts';
import type { LegacyDomain } from '../../../src/services/legacy/domain.ts';
import { readStores, verifyRecords } from '../../../src/services/load.ts';
import { checkConverted, convertStores, planMigration } from '../../../src/services/migration.ts';
import { listRestorePoints, prepareRecovery, scanRescue } from '../../../src/services/recovery.ts';
import type { Rules, StoreRules } from '../../../src/vault/rules.ts';
import type { Envelope, Json } from '../../../src/vault/types.ts';
import type { Service } from '../kit/model.ts';
import { broken, commitIn, ParentWorld } from './child.ts';
import { within } from './within.ts';

/** What a person presses where a child asks, one after the other. Nothing: they must not be asked. */
export type Press = { readonly type: string; readonly seq?: number };

/** A build at version 2 that starts, and the person before it. */
export class LoadWorld extends ParentWorld {
  presses: readonly Press[] = [];
  readonly loadHands = { ...this.recoveryHands, policyOf, legacy: oldNotes };

  protected override rules(): Rules {
    return new Map(['notes', 'drafts'].map((store) => [store, ruleWhoseStep('works')]));
  }

  override heal(): void {
    super.heal();
    this.setStep('works');
    this.hasLegacy = false;
    this.presses = [];
  }

  /** An earlier version left one note. */
  set hasLegacy(has: boolean) {
    if (has) this.origin.localStorage.setItem(OLD_KEY, JSON.stringify([{ id: 'old', text: 'of old' }]));
    else this.origin.localStorage.removeItem(OLD_KEY);
  }

  get hasLegacy(): boolean {
    return this.origin.localStorage.getItem(OLD_KEY) !== null;
  }

  setStep(kind: 'works' | 'throws'): void {
    (this.hands.rules as Map<string, StoreRules>).set('notes', ruleWhoseStep(kind));
  }
}

const OLD_KEY = 'old notes';
const oldNotes: LegacyDomain = {
  places: [{ name: OLD_KEY, kind: 'text', key: OLD_KEY }],
  reader: async () => ({
    read(_, text) {
      const rows = (JSON.parse(text) as { id: string; text: string }[]).map((row): LegacyRow => {
        const record = { store: 'notes', id: row.id, data: { ...row, isNew: true }, dates: {} };
        return { kind: 'sound', text: JSON.stringify(row), record, isRepaired: false };
      });
      return { kind: 'rows', rows, isSuspect: false };
    },
    copyOf: (record, id) => ({ ...record, id }),
    isExample: () => false,
  }),
};

function ruleWhoseStep(kind: 'works' | 'throws'): StoreRules {
  return {
    version: 2,
    isSound: () => true,
    migrate(data: Json) {
      if (kind === 'throws') throw new Error('The step failed');
      return { ...(data as object), isNew: true };
    },
  };
}

/** The settings of this app are one record. */
function policyOf(readable: readonly Envelope[]): Policy {
  const settings = readable.find(({ store, id }) => store === 'drafts' && id === 'settings');
  return (settings?.data as { policy?: Policy } | undefined)?.policy ?? 'prompt';
}

/** What `load` works with: its own services, and its child machines with theirs, all of them real. */
export function loadServices(world: LoadWorld): Readonly<Record<string, Service>> {
  const commit = actorOf(commitIn(world));
  const recovery = recoveryMachine.provide({
    actors: {
      listRestorePoints: actorOf(within(world.recoveryHands, listRestorePoints, 20_000)),
      scanRescue: actorOf(within(world.recoveryHands, scanRescue, 20_000)),
      prepareRecovery: actorOf(within(world.recoveryHands, prepareRecovery, 20_000)),
      commit,
    },
  });
  const migration = migrationMachine.provide({
    actors: {
      planMigration: actorOf(within(world.loadHands, planMigration, 30_000)),
      convertStores: actorOf(within(world.loadHands, convertStores, 30_000)),
      checkConverted: actorOf(within(world.recoveryHands, checkConverted, 30_000)),
      commit,
    },
  });
  return {
    readStores: within<typeof world.loadHands, LoadInput, LoadReading>(world.loadHands, readStores, 20_000),
    verifyRecords: within(world.loadHands, verifyRecords, 30_000),
    recovery: (input: RecoveryInput) => runChild<RecoveryResult>(world, recovery, input),
    migration: () => runChild<MigrationResult>(world, migration, {}),
  };
}

function actorOf(service: (input: never, signal: AbortSignal) => Promise<unknown>) {
  return fromPromise(({ input, signal }) => service(input as never, signal)) as never;
}

/** Runs a child machine to its end. Where it asks, the person answers, with what it accepts and nothing else. */
async function runChild<Output>(world: LoadWorld, machine: AnyActorLogic, input: unknown): Promise<Output> {
  if (world.isChildBroken) throw broken;
  const presses = [...world.presses];
  const actor: AnyActor = createActor(machine, { input, clock: world.clock });
  let refusal: Error | undefined;
  actor.subscribe((snapshot) => {
    if (snapshot.status !== 'active' || !snapshot.hasTag('needs-user')) return;
    const press = presses.shift();
    if (press && snapshot.can(press)) return actor.send(press);
    refusal = new Error(`${JSON.stringify(snapshot.value)} asks, and ${press?.type ?? 'nobody'} answers`);
    actor.stop();
  });
  const end = toPromise(actor);
  actor.start();
  const output = await end;
  if (refusal) throw refusal;
  if (presses.length > 0) throw new Error(`Nobody was asked, and would have pressed ${presses[0]?.type}`);
  return output as Output;
}
