import type { RecoveryFailure } from '../../../machines/recovery.types.ts';
import { failureName } from '../problem/failureLines.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** Why the last choice was not carried out, and what to do about it. */
export function failureWords(failure: RecoveryFailure): string {
  switch (failure.code) {
    case 'notListed':
      return sayProblem('recovery.failedListing', { name: failureName(failure) });
    case 'notScanned':
      return sayProblem('recovery.failedScanning', { name: failureName(failure) });
    case 'notPrepared':
      switch (failure.class) {
        case 'corrupt':
          return sayProblem('recovery.failedCheck');
        case 'transient':
          return sayProblem('recovery.failedOtherNow');
        case 'newer':
          return sayProblem('recovery.failedNewer');
        default:
          return sayProblem('recovery.failedPreparing', { name: failureName(failure) });
      }
    case 'notWritten':
      switch (failure.why) {
        case 'full':
          return sayProblem('recovery.failedFull');
        case 'conflicted':
          return sayProblem('recovery.failedConflicted');
        case 'refused':
          return sayProblem('recovery.failedRefused');
        case 'failed':
          return sayProblem('recovery.failedWriting');
      }
  }
}
