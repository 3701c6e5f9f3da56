import type { RecoveryFinding } from '../../../machines/recovery.types.ts';
import type { Damage } from '../../vault/contract.ts';
import { countWords, sumOf } from '../problem/countWords.ts';
import { damageLines, openDamage } from '../problem/damageLines.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** What we found, in at most fifteen words. */
export function findingTitle(finding: RecoveryFinding): string {
  switch (finding.code) {
    case 'damaged':
      return isOnly(finding.damage, 'templates')
        ? sayProblem('recovery.templatesDamaged')
        : sayProblem('recovery.damaged');
    case 'vanished':
      return sayProblem('recovery.vanished');
    case 'setAside':
      return sayProblem('recovery.setAside', { count: openDamage(finding.damage).length });
    case 'asked':
      return sayProblem('recovery.asked');
  }
}

/** What it means. The cause is said where it is known, and never guessed. */
export function findingLead(finding: RecoveryFinding): string {
  switch (finding.code) {
    case 'damaged':
      return causeOf(openDamage(finding.damage));
    case 'vanished':
      return sumOf(finding.witness.count) === 0
        ? sayProblem('recovery.vanishedUnknownLead')
        : sayProblem('recovery.vanishedLead', { what: countWords(finding.witness.count) });
    case 'setAside':
      return sayProblem('recovery.setAsideLead', { count: finding.readable });
    case 'asked':
      return sayProblem('recovery.askedLead');
  }
}

/** Codes and places; never any content. */
export function findingLines(finding: RecoveryFinding): string[] {
  switch (finding.code) {
    case 'damaged':
    case 'setAside':
      return [sayProblem('details.readable', { count: finding.readable }), ...damageLines(finding.damage)];
    case 'vanished':
      return [
        sayProblem('details.commits', { count: finding.witness.seq }),
        ...Object.entries(finding.witness.count).map(([store, count]) =>
          sayProblem('details.remembered', { store, count }),
        ),
      ];
    case 'asked':
      return [];
  }
}

/** The stores that something is wrong with; null where the damage hides which they are. */
export function storesOf(damage: readonly Damage[]): string[] | null {
  const stores = new Set(
    openDamage(damage)
      .filter(({ source }) => source?.kind !== 'marks')
      .map(({ store }) => store),
  );
  return stores.has(undefined) || stores.size === 0 ? null : ([...stores] as string[]);
}

function isOnly(damage: readonly Damage[], store: string): boolean {
  return storesOf(damage)?.every((found) => found === store) ?? false;
}

function causeOf(damage: readonly Damage[]): string {
  const [first, ...others] = new Set(damage.map(({ class: kind }) => kind));
  const count = damage.length;
  if (others.length > 0) return sayProblem('recovery.becauseSeveral', { count });
  switch (first) {
    case 'corrupt:checksum':
      return sayProblem('recovery.becauseChecksum');
    case 'corrupt:shape':
      return sayProblem('recovery.becauseShape', { count });
    case 'torn':
      return sayProblem('recovery.becauseTorn');
    case 'unreadable':
      return sayProblem('recovery.becauseUnreadable');
    case 'vanished':
      return sayProblem('recovery.becauseMissing');
    default:
      return sayProblem('recovery.becauseSeveral', { count });
  }
}
