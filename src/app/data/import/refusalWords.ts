import type { IntakeFinding } from '../../../../machines/intake.types.ts';
import { failureLines, failureName } from '../../problem/failureLines.ts';
import { sayData } from '../../words/sayData.ts';
import type { Place, Refused } from '../fileTypes.ts';

/** Why the file is not taken, and what to do about it. */
export function refusalWords(finding: IntakeFinding): string[] {
  switch (finding.code) {
    case 'refused':
      return [reasonOf(finding.refused), sayData(`advice.${finding.refused.advice}`)];
    case 'unreadable':
      return [
        finding.class === 'timeout'
          ? sayData('import.unreadableTimeout')
          : sayData('import.unreadable', { name: failureName(finding) }),
        sayData('import.unreadableMeans'),
      ];
    default:
      return [];
  }
}

/** The code and the place, for those who help; no contents. */
export function refusalLines(finding: IntakeFinding): string[] {
  switch (finding.code) {
    case 'refused': {
      const { code, at } = finding.refused;
      return [sayData('import.refusalCode', { code }), ...(at ? [placeWords(at)] : [])];
    }
    case 'unreadable':
      return failureLines(finding);
    default:
      return [];
  }
}

function reasonOf({ code, isCutOff }: Refused): string {
  return isCutOff ? sayData('refusal.cut-off') : sayData(`refusal.${code}`);
}

/** Where in the file. A column is of use only beside its line. */
export function placeWords(at: Place): string {
  return 'path' in at
    ? sayData('import.atPath', { path: at.path })
    : sayData('import.atLine', { line: at.line, column: at.column });
}
