import { useMemo } from 'react';
import { usePersistence } from '../../react/index.ts';
import { copyText } from '../files/copyText.ts';
import { datedName, download } from '../files/download.ts';
import { reviewDamage } from '../recovery/reviewDamage.ts';
import { SAFE_MODE } from '../routes.ts';
import { sayProblem } from '../words/sayProblem.ts';
import type { ProblemCommands } from './commands.ts';

/** The commands of problem views, bound to the data of this page. */
export function useProblemCommands(): ProblemCommands {
  const persistence = usePersistence();
  return useMemo<ProblemCommands>(() => {
    const handOut = (what: string, bytes: Uint8Array): void =>
      download(datedName(`hl7-helper-${what}`, 'json', new Date()), bytes, 'application/json');
    return {
      downloadStored: async () => handOut('stored', await persistence.downloadStored()),
      downloadMemory: () => handOut('copy', persistence.downloadMemory()),
      downloadChanges: () => handOut('unsaved', persistence.downloadChanges()),
      reload: () => window.location.reload(),
      openSafeMode: () => void window.open(SAFE_MODE, '_blank', 'noopener'),
      copyReport: (text) =>
        copyText([text, '', ...persistence.recoveryLog()].join('\n'), sayProblem('migration.reported')),
      reviewDamage: () => void reviewDamage(persistence),
    };
  }, [persistence]);
}
