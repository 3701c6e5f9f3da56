import type { LoadFinding } from '../../../machines/types.ts';
import { say } from '../words/say.ts';

/** The heading for a finding: what we found, in at most fifteen words. */
export function titleOf(finding: LoadFinding): string {
  switch (finding.code) {
    case 'unreadable':
      return say('finding.unreadable');
    case 'uncheckable':
      return say('finding.uncheckable');
    case 'damaged':
      return say('finding.damaged');
    case 'vanished':
      return say('finding.vanished');
    case 'newer':
      return say('finding.newer');
  }
}

/** What it means, and why we stopped. */
export function leadOf(finding: LoadFinding): string {
  switch (finding.code) {
    case 'unreadable':
      return say('finding.unreadableLead');
    case 'uncheckable':
      return say('finding.uncheckableLead');
    case 'damaged':
      return finding.readable === 0
        ? say('finding.damagedAllLead')
        : say('finding.damagedLead', { count: finding.readable });
    case 'vanished':
      return say('finding.vanishedLead', { count: countIn(finding.witness.count) });
    case 'newer':
      return say('finding.newerLead');
  }
}

/** Codes and places, for those who help; never any content. */
export function detailsOf(finding: LoadFinding): string[] {
  switch (finding.code) {
    case 'unreadable':
    case 'uncheckable':
      return [
        say('details.error', { name: finding.platformName ?? say('details.unnamed') }),
        say('details.class', { name: finding.class }),
        say('details.fullDisk'),
      ];
    case 'damaged':
      return [
        say('details.readable', { count: finding.readable }),
        ...finding.damage.map(({ class: kind, where, store }) =>
          say('details.damage', { kind, where, store: store ?? say('details.noStore') }),
        ),
      ];
    case 'vanished':
      return [
        say('details.commits', { count: finding.witness.seq }),
        ...Object.entries(finding.witness.count).map(([store, count]) =>
          say('details.remembered', { store, count }),
        ),
      ];
    case 'newer':
      return Object.entries(finding.found).map(([store, version]) =>
        say('details.version', { store, version }),
      );
  }
}

function countIn(counts: Readonly<Record<string, number>>): number {
  return counts.templates ?? 0;
}
