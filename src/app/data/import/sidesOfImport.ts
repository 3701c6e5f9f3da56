import { sayData } from '../../words/sayData.ts';
import { absoluteTime, shortTime } from '../../words/times.ts';
import type { SideName, SideNames } from '../conflicts/step.ts';
import type { ImportSnapshot } from './step.ts';

/** What the two sides of a record are called, and when each was last changed, where that is known. */
export function sidesOfImport({ context: { preview, taken } }: ImportSnapshot, now: number) {
  return (key: string): SideNames => {
    const entry = preview?.plan.entries.find((one) => one.key === key);
    const exportedAt = taken?.bundle.exportedAt ?? undefined;
    const inFile = edited(entry?.record.updatedAt, now) ?? exported(exportedAt, now);
    // Twice in one file: both are the file's.
    const copyName = entry?.copyName;
    if (entry?.kind === 'repeated')
      return {
        copyName,
        first: { name: sayData('conflicts.fileFirst'), place: sayData('conflicts.inFileFirst') },
        second: { name: sayData('conflicts.fileAgain'), place: sayData('conflicts.inFileAgain'), ...inFile },
      };
    return {
      copyName,
      first: {
        name: sayData('conflicts.thisBrowser'),
        place: sayData('conflicts.inThisBrowser'),
        ...edited(entry?.here?.updatedAt, now),
      },
      second: { name: sayData('conflicts.theFile'), place: sayData('conflicts.inTheFile'), ...inFile },
    };
  };
}

type When = Pick<SideName, 'when' | 'exactly'>;

function edited(iso: string | undefined, now: number): When | undefined {
  return timed(iso, (at) => sayData('conflicts.edited', { time: shortTime(at, now) }));
}

function exported(iso: string | undefined, now: number): When | undefined {
  return timed(iso, (at) => sayData('conflicts.exported', { time: shortTime(at, now) }));
}

function timed(iso: string | undefined, words: (at: number) => string): When | undefined {
  const at = Date.parse(iso ?? '');
  return Number.isNaN(at) ? undefined : { when: words(at), exactly: absoluteTime(at) };
}
