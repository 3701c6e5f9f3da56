import { MIN_TAIL_BYTES } from '../src/vault/foldDue.ts';
import { median, quantile } from './statistics.ts';
import { ratioOf } from './table.ts';
import type { Row } from './workload.ts';

export interface Verdict {
  /** In words; left out when it was not measured. */
  found?: string;
  isMet?: boolean;
}

/** A promise about speed, as a ratio within one run wherever it can be. */
export interface Goal {
  readonly id: string;
  readonly text: string;
  judge(rows: readonly Row[]): Verdict;
}

const OURS = 'ours';

/** Each limit is for one size; all that were measured have to be kept. */
function ratios(workload: string, limits: Readonly<Record<number, number>>): Goal['judge'] {
  return (rows) =>
    together(
      Object.entries(limits).flatMap(([size, limit]) => {
        const ratio = ratioOf(rows, OURS, workload, Number(size));
        if (ratio === undefined) return [];
        return [{ found: `${ratio.toFixed(2)} at ${size} (≤ ${limit})`, isMet: ratio <= limit }];
      }),
    );
}

function at(rows: readonly Row[], workload: string, size: number, contender = OURS): number[] | undefined {
  return rows.find((row) => row.workload === workload && row.size === size && row.contender === contender)
    ?.samples;
}

function limited(samples: number | undefined, limit: number, what: string): Required<Verdict>[] {
  return samples === undefined
    ? []
    : [{ found: `${samples.toFixed(2)} ${what} (≤ ${limit})`, isMet: samples <= limit }];
}

function together(verdicts: readonly Required<Verdict>[]): Verdict {
  if (verdicts.length === 0) return {};
  return {
    found: verdicts.map(({ found }) => found).join(', '),
    isMet: verdicts.every(({ isMet }) => isMet),
  };
}

const between = (one: number[] | undefined, other: number[] | undefined) =>
  one && other ? median(one) / median(other) : undefined;
const medianOf = (samples: number[] | undefined) => samples && median(samples);
const p95 = (samples: number[] | undefined) => samples && quantile(samples, 0.95);

/** A save and its share of the fold that so many saves lead to, against the raw save. */
function withFold(rows: readonly Row[], size: number): number | undefined {
  const [save, floor] = [medianOf(at(rows, 'save', size)), medianOf(at(rows, 'save', size, 'raw'))];
  const fold = medianOf(at(rows, 'fold', size, 'ours (vault)'));
  const [written, whole] = [medianOf(at(rows, 'bytes', size)), medianOf(at(rows, 'bytes', size, 'raw'))];
  if (!save || !floor || !fold || !written || !whole) return undefined;
  const savesPerFold = Math.max(MIN_TAIL_BYTES / 1_000, whole / 2) / written;
  return (save + fold / savesPerFold) / floor;
}

export const goals: readonly Goal[] = [
  {
    id: 'T1',
    text: 'save after one edit, 10 records, against a raw put of the collection',
    judge: ratios('save', { 10: 1.5 }),
  },
  {
    id: 'T2',
    text: 'the same with more, and with its share of a fold',
    judge: (rows) =>
      together(
        Object.entries({ 100: 0.5, 1000: 0.12, 10000: 0.05 }).flatMap(([size, limit]) =>
          limited(withFold(rows, Number(size)), limit, `× at ${size}`),
        ),
      ),
  },
  {
    id: 'T3',
    text: 'an edit of a large collection against one of 100',
    judge: (rows) =>
      together([
        ...limited(between(at(rows, 'scale', 10_000), at(rows, 'scale', 100)), 1.5, '× at 10,000'),
        ...limited(between(at(rows, 'huge-scale', 100_000), at(rows, 'huge-scale', 100)), 4, '× at 100,000'),
      ]),
  },
  {
    id: 'T4',
    text: 'load, verified and validated, warm',
    judge: ratios('load', { 100: 2.8, 1000: 2.8, 10000: 2.8 }),
  },
  { id: 'T5', text: 'load in a fresh page', judge: ratios('fresh-load', { 1000: 2.3, 10000: 2.3 }) },
  { id: 'T7', text: 'save of the settings', judge: ratios('settings-save', { 100: 2 }) },
  {
    id: 'T8',
    text: 'import of a file against parse, validate and put; export against get and stringify',
    judge: (rows) =>
      together([
        ...limited(between(at(rows, 'import', 10_000), at(rows, 'import', 10_000, 'raw')), 1.5, '× import'),
        ...limited(between(at(rows, 'export', 10_000), at(rows, 'export', 10_000, 'raw')), 1.4, '× export'),
      ]),
  },
  {
    id: 'T9',
    text: 'longest task of the page at 10,000, in ms',
    judge: (rows) =>
      together([
        ...limited(medianOf(at(rows, 'longest-task', 10_000)), 50, 'saving'),
        ...limited(medianOf(at(rows, 'fold-task', 10_000, 'ours (vault)')), 50, 'folding'),
        ...limited(medianOf(at(rows, 'import-task', 10_000)), 50, 'importing'),
        ...limited(medianOf(at(rows, 'export-task', 10_000)), 50, 'exporting'),
      ]),
  },
  {
    id: 'T10',
    text: 'KB written by one save, without the fold',
    judge: (rows) =>
      together([100, 10_000].flatMap((size) => limited(medianOf(at(rows, 'bytes', size)), 40, `at ${size}`))),
  },
  { id: 'T11', text: '50 saves that nobody waits for', judge: ratios('burst', { 100: 0.15, 1000: 0.15 }) },
  {
    id: 'T12',
    text: 'strict against relaxed, own',
    judge: (rows) =>
      together(
        limited(
          between(at(rows, 'durability', 100), at(rows, 'durability', 100, 'ours (relaxed)')),
          1.5,
          '×',
        ),
      ),
  },
  {
    id: 'T16',
    text: '95 of 100 saves and loads of typical data, in ms, on whatever machine this is',
    judge: (rows) =>
      together([
        ...limited(p95(at(rows, 'save', 100)), 100, 'save'),
        ...limited(p95(at(rows, 'load', 100)), 100, 'load'),
      ]),
  },
];
