import { conflictsMachine } from '../../machines/conflicts.machine.ts';
import { exportMachine } from '../../machines/export.machine.ts';
import type { PatientLike } from '../../machines/export.types.ts';
import { importMachine } from '../../machines/import.machine.ts';
import type { ImportMemory } from '../../machines/import.types.ts';
import { intakeMachine } from '../../machines/intake.machine.ts';
import type { BundleDomain } from '../bundle/domain.ts';
import type { Environment } from '../environment.ts';
import { binder } from '../services/bound.ts';
import { checkMerged, compareRecords } from '../services/conflicts.ts';
import { buildFile } from '../services/export.ts';
import type { Hands } from '../services/hands.ts';
import { planImport } from '../services/import.ts';
import { findPatientLike } from '../services/importing/findPatientLike.ts';
import type { ImportHands, Progress } from '../services/importing/hands.ts';
import { checkFile, unlockBundle } from '../services/intake.ts';
import type { VaultState } from '../vault/contract.ts';
import { allRecords } from '../vault/draft.ts';
import { actorsOf, type Machines } from './machines.ts';

export type FileProgress = Progress;

export interface FilingOptions {
  hands: Hands;
  environment: Environment;
  machines: Pick<Machines, 'commit'>;
  files(): Promise<BundleDomain>;
  progress(progress: FileProgress): void;
}

/** Large files are read in steps, between which the page answers: this is for a service that hangs. */
const DEADLINE_MS = 120_000;

/** What a person does with files: `import` and `export` with their services. Fetched when one is opened. */
export async function createFiling({ hands, environment, machines, files, progress }: FilingOptions) {
  const domain = await files();
  const { clock, encryption } = environment;
  const pause =
    environment.pause ?? (() => new Promise<void>((resolve) => clock.setTimeout(() => resolve(), 0)));
  // By its prototype: the place that is used, and the writer that is there, may change.
  const own: ImportHands = Object.create(hands, {
    domain: { value: domain },
    pause: { value: pause },
    crypto: { value: encryption },
    progress: { value: progress },
  });
  const within = binder(own, clock);
  const service = <Input, Output>(
    name: string,
    run: (own: ImportHands, input: Input, signal: AbortSignal) => Promise<Output>,
  ) => within(DEADLINE_MS, name, run);

  const intake = intakeMachine.provide({
    actors: actorsOf({
      checkFile: service('checkFile', checkFile),
      unlockBundle: service('unlockBundle', unlockBundle),
    }),
  });
  const conflicts = conflictsMachine.provide({
    actors: actorsOf({
      compareRecords: service('compareRecords', compareRecords),
      checkMerged: service('checkMerged', checkMerged),
    }),
  });
  const importing = importMachine.provide({
    actors: {
      intake,
      conflicts,
      commit: machines.commit,
      ...actorsOf({ planImport: service('planImport', planImport) }),
    },
  });
  const exporting = exportMachine.provide({
    actors: actorsOf({ buildFile: service('buildFile', buildFile) }),
  });
  let memories: ReadonlyMap<string, ImportMemory> = new Map();

  return {
    importing,
    exporting,
    /** What was chosen of each file in this visit, for whoever comes back with it. */
    memories: {
      all: () => memories,
      keep(found: ReadonlyMap<string, ImportMemory>): void {
        memories = found;
      },
    },
    findPatientLike: async (state: VaultState | null): Promise<PatientLike> =>
      findPatientLike(state ? allRecords(state) : [], domain, { pause }),
  };
}

export type Filing = Awaited<ReturnType<typeof createFiling>>;
