import type { LoadFinding } from '../../../machines/types.ts';
import { countWords, sumOf } from '../problem/countWords.ts';
import { damageLines } from '../problem/damageLines.ts';
import { failureLines } from '../problem/failureLines.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** What we found, in at most fifteen words. */
export function loadTitle(finding: LoadFinding): string {
  switch (finding.code) {
    case 'unreadable':
      return sayProblem('load.unreadable');
    case 'uncheckable':
      return sayProblem('load.uncheckable');
    case 'damaged':
      return sayProblem('load.damaged');
    case 'vanished':
      return sayProblem('load.vanished');
    case 'newer':
      return sayProblem('load.tooNew');
  }
}

/** What it means, and why we stopped. */
export function loadLead(finding: LoadFinding): string {
  switch (finding.code) {
    case 'unreadable':
      return sayProblem('load.unreadableLead');
    case 'uncheckable':
      return sayProblem('load.uncheckableLead');
    case 'damaged':
      return sayProblem('load.damagedLead', { count: finding.readable });
    case 'vanished':
      return sumOf(finding.witness.count) === 0
        ? sayProblem('recovery.vanishedUnknownLead')
        : sayProblem('load.vanishedLead', { what: countWords(finding.witness.count) });
    case 'newer':
      return sayProblem('load.tooNewLead');
  }
}

/** Codes and places, for those who help; never any content. */
export function loadLines(finding: LoadFinding): string[] {
  switch (finding.code) {
    case 'unreadable':
    case 'uncheckable':
      return failureLines(finding);
    case 'damaged':
      return [sayProblem('details.readable', { count: finding.readable }), ...damageLines(finding.damage)];
    case 'vanished':
      return [sayProblem('details.commits', { count: finding.witness.seq })];
    case 'newer':
      return Object.entries(finding.found).map(([store, version]) =>
        sayProblem('details.version', { store, version }),
      );
  }
}
