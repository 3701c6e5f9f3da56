import type { BootFinding } from '../../../machines/boot.types.ts';
import { countWords, sumOf } from '../problem/countWords.ts';
import { failureLines } from '../problem/failureLines.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** What we found, in at most fifteen words. */
export function bootTitle(finding: BootFinding): string {
  return finding.code === 'blocked' ? sayProblem('boot.blocked') : sayProblem('boot.unavailable');
}

/** What it means, and why nothing stands in for the storage unasked. */
export function bootSentences(
  finding: BootFinding,
  remembered: Readonly<Record<string, number>> | null,
): string[] {
  if (finding.code === 'blocked') return [sayProblem('boot.blockedLead')];
  return [causeOf(finding), dataWords(finding.mayHoldData, remembered)];
}

/** The error, the tries, and what often causes it. */
export function bootLines(finding: BootFinding): string[] {
  if (finding.code === 'blocked') return [];
  return [...failureLines(finding), sayProblem('details.tries', { count: finding.tries })];
}

type Refused = Exclude<BootFinding, { code: 'blocked' }>;

function causeOf({ code, class: errorClass }: Refused): string {
  if (code === 'notWritable') return sayProblem('boot.notWritableLead');
  return sayProblem(errorClass === 'blocked' ? 'boot.notAnsweringLead' : 'boot.unavailableLead');
}

function dataWords(mayHoldData: boolean, remembered: Readonly<Record<string, number>> | null): string {
  if (!mayHoldData) return sayProblem('boot.noData');
  return remembered && sumOf(remembered) > 0
    ? sayProblem('boot.remembered', { what: countWords(remembered) })
    : sayProblem('boot.mayHoldData');
}
