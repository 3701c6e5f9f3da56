import type { BootOpened, BootOpening, EngineName } from '../../machines/boot.types.ts';
import type { Opening } from '../engines/contract.ts';
import type { Owner } from '../engines/owner.ts';
import { openedBy } from './opened.ts';

export interface BootHands {
  /** The one who opens each engine; nobody else does. */
  readonly owners: Readonly<Record<EngineName, Owner>>;
  /** From here on everything is read and written there. */
  use(engine: EngineName): void;
  /** Someone wants it: what had vanished or was handed over may be opened again. */
  letOpen(): void;
}

/**
 * Opens an engine, and says how that turned out. Its owner has tried again what gets better by that.
 *
 * @throws StorageError of class `blocked` when it did not open in time: that may pass
 */
export async function openStorage(
  { owners, use, letOpen }: BootHands,
  { engine }: { engine: EngineName },
): Promise<BootOpening> {
  use(engine);
  letOpen();
  const opening = await owners[engine].open();
  switch (opening.kind) {
    case 'open':
      return openedEngine(owners[engine], opening);
    case 'newer':
    case 'blocked':
      return { kind: opening.kind };
    case 'denied':
    case 'broken': {
      const { error } = opening;
      if (error.class === 'blocked') throw error;
      return { kind: 'failed', class: error.class, platformName: error.platformName };
    }
  }
}

/**
 * Joins the opening that another tab blocks, and resolves once that tab lets go.
 *
 * @throws StorageError when it does not let go in time, or the opening fails after all
 */
export async function awaitUnblocked(
  { owners }: BootHands,
  { engine }: { engine: EngineName },
): Promise<BootOpened> {
  const owner = owners[engine];
  const opening = await owner.open();
  if (opening.kind === 'open') return openedEngine(owner, opening);
  if (opening.kind === 'blocked') await opening.unblocked;
  return openedEngine(owner, await openedBy(owner));
}

/** Proves an open engine: writes, commits and reads back. @throws StorageError when that does not work */
export async function probeStorage({ owners }: BootHands, { engine }: { engine: EngineName }): Promise<void> {
  const { connection } = await openedBy(owners[engine]);
  await owners[engine].engine.probe(connection);
}

type Opened = Extract<Opening, { kind: 'open' }>;

function openedEngine({ engine }: Owner, { created, warning }: Opened): BootOpened {
  return {
    kind: 'open',
    engine: engine.name,
    isDurable: engine.durability !== 'session',
    isCreated: created,
    isWiped: created && warning !== undefined,
  };
}
