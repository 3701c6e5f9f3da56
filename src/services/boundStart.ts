import { awaitUnblocked, type BootHands, openStorage, probeStorage } from './boot.ts';
import { binder } from './bound.ts';
import type { LoadHands } from './load.ts';
import type { MigrationHands } from './migration.ts';
import { flushAndClose, type PersistenceHands, prepareWriteBack, startWriting } from './persistence.ts';

/** What the services of a start, and of what may go wrong with it, work with. */
export type StartHands = BootHands & LoadHands & MigrationHands & PersistenceHands;

/**
 * The services of what opens, brings up to date and recovers, with a deadline each, by the name of the machine. Those of `recovery`, `migration` and `undo` are fetched when they are wanted: most visits never need them.
 */
export function boundStart(hands: StartHands) {
  const within = binder(hands, hands.environment.clock);
  return {
    boot: {
      openStorage: within(20_000, 'openStorage', openStorage),
      awaitUnblocked: within(90_000, 'awaitUnblocked', awaitUnblocked),
      probeStorage: within(10_000, 'probeStorage', probeStorage),
    },
    recovery: {
      listRestorePoints: within(20_000, 'listRestorePoints', async (own) =>
        (await import('./recovery.ts')).listRestorePoints(own),
      ),
      scanRescue: within(20_000, 'scanRescue', async (own, input: Parameters<ScanRescue>[1]) =>
        (await import('./recovery.ts')).scanRescue(own, input),
      ),
      prepareRecovery: within(20_000, 'prepareRecovery', async (own, input: Parameters<PrepareRecovery>[1]) =>
        (await import('./recovery.ts')).prepareRecovery(own, input),
      ),
    },
    migration: {
      planMigration: within(30_000, 'planMigration', async (own) =>
        (await import('./migration.ts')).planMigration(own),
      ),
      // Large libraries pause between chunks, so that the page stays alive.
      convertStores: within(120_000, 'convertStores', async (own, input: Parameters<ConvertStores>[1]) =>
        (await import('./migration.ts')).convertStores(own, input),
      ),
      checkConverted: within(30_000, 'checkConverted', async (own, input: Parameters<CheckConverted>[1]) =>
        (await import('./migration.ts')).checkConverted(own, input),
      ),
    },
    persistence: {
      startWriting: within(20_000, 'startWriting', startWriting),
      prepareWriteBack: within(20_000, 'prepareWriteBack', prepareWriteBack),
      flushAndClose: within(5_000, 'flushAndClose', flushAndClose),
    },
  };
}

type ScanRescue = typeof import('./recovery.ts').scanRescue;
type PrepareRecovery = typeof import('./recovery.ts').prepareRecovery;
type ConvertStores = typeof import('./migration.ts').convertStores;
type CheckConverted = typeof import('./migration.ts').checkConverted;

export type BoundStart = ReturnType<typeof boundStart>;
