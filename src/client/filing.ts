import { conflictsMachine } from '../../machines/conflicts.machine.ts';
import type { ComparedRecord, ConflictSides } from '../../machines/conflicts.types.ts';
import { exportMachine } from '../../machines/export.machine.ts';
import type { PatientLook } from '../../machines/export.types.ts';
import { importMachine } from '../../machines/import.machine.ts';
import type { ImportMemory } from '../../machines/import.types.ts';
import { intakeMachine } from '../../machines/intake.machine.ts';
import type { BundleDomain } from '../bundle/domain.ts';
import type { Environment } from '../environment.ts';
import type { Hands } from '../services/hands.ts';
import { boundFileServices } from '../services/importing/boundFiles.ts';
import { compareRecord } from '../services/importing/compareRecord.ts';
import { findPatientLike } from '../services/importing/findPatientLike.ts';
import type { ImportHands, Progress } from '../services/importing/hands.ts';
import { pauseOf } from '../services/pauseOf.ts';
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

/** What a person does with files: `import` and `export` with their services. Fetched when one is opened. */
export async function createFiling({ hands, environment, machines, files, progress }: FilingOptions) {
  const domain = await files();
  const pause = pauseOf(environment);
  // By its prototype: the place that is used, and the writer that is there, may change.
  const own: ImportHands = Object.create(hands, {
    domain: { value: domain },
    pause: { value: pause },
    crypto: { value: environment.encryption },
    progress: { value: progress },
  });
  const services = boundFileServices(own);
  const intake = intakeMachine.provide({ actors: actorsOf(services.intake) });
  const conflicts = conflictsMachine.provide({ actors: actorsOf(services.conflicts) });
  const importing = importMachine.provide({
    actors: { intake, conflicts, commit: machines.commit, ...actorsOf(services.import) },
  });
  const exporting = exportMachine.provide({ actors: actorsOf(services.export) });
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
    /** A task of its own: comparing a large record takes a moment. */
    async compareConflict(sides: ConflictSides): Promise<ComparedRecord | null> {
      await pause();
      return compareRecord(own, sides) ?? null;
    },
    findPatientLike: async (state: VaultState | null): Promise<PatientLook> =>
      findPatientLike(state ? allRecords(state) : [], domain, { pause }),
  };
}

export type Filing = Awaited<ReturnType<typeof createFiling>>;
