import { checkMerged, compareRecords } from '../conflicts.ts';
import { buildFile } from '../export.ts';
import { planImport } from '../import.ts';
import { checkFile, unlockBundle } from '../intake.ts';
import type { ImportHands } from './hands.ts';

type Service<Input, Output> = (hands: ImportHands, input: Input, signal: AbortSignal) => Promise<Output>;

/**
 * The services of the machines that deal with files, with hands to work with, by the name of the machine. They end by
 * themselves when nothing has moved for a while (`inSteps`): how long a file takes depends on the file.
 */
export function boundFileServices(hands: ImportHands) {
  const bound =
    <Input, Output>(service: Service<Input, Output>) =>
    (input: Input, signal: AbortSignal): Promise<Output> =>
      service(hands, input, signal);

  return {
    intake: { checkFile: bound(checkFile), unlockBundle: bound(unlockBundle) },
    conflicts: { compareRecords: bound(compareRecords), checkMerged: bound(checkMerged) },
    import: { planImport: bound(planImport) },
    export: { buildFile: bound(buildFile) },
  };
}
