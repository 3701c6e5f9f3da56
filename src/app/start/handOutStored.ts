import { notify, notifyFailure } from '../ui/toasts.ts';
import { sayProblem } from '../words/sayProblem.ts';
import type { ProblemCommands } from './commands.ts';

/** Downloads what is stored, and says how that went. @returns whether it was handed over */
export async function handOutStored({
  downloadStored,
}: Pick<ProblemCommands, 'downloadStored'>): Promise<boolean> {
  try {
    await downloadStored();
    notify({ id: 'stored', text: sayProblem('problem.downloaded') });
    return true;
  } catch {
    notifyFailure(sayProblem('problem.downloadFailed'), 'stored');
    return false;
  }
}
