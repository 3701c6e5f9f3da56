import { median } from './statistics.ts';
import type { Row, Workload } from './workload.ts';

/** The contender that all ratios are against. */
export const FLOOR = 'raw';

/** @returns `undefined` when either was not measured */
export function ratioOf(
  rows: readonly Row[],
  contender: string,
  workload: string,
  size: number,
): number | undefined {
  const of = (name: string) =>
    rows.find((row) => row.contender === name && row.workload === workload && row.size === size);
  const [own, floor] = [of(contender), of(FLOOR)];
  return own && floor ? median(own.samples) / median(floor.samples) : undefined;
}

/** A table of one workload: a line for each contender, for each size the ratio to the floor and the median. */
export function tableOf({ name, title, unit }: Workload, rows: readonly Row[]): string {
  const own = rows.filter((row) => row.workload === name);
  const sizes = [...new Set(own.map(({ size }) => size))];
  const contenders = [...new Set(own.map(({ contender }) => contender))];
  const head = ['', ...sizes.map((size) => size.toLocaleString('en'))];
  const lines = contenders.map((contender) => [
    contender,
    ...sizes.map((size) => {
      const row = own.find((other) => other.contender === contender && other.size === size);
      if (!row) return '–';
      const ratio = ratioOf(rows, contender, name, size);
      const value = `${median(row.samples).toFixed(2)} ${unit}`;
      return ratio === undefined ? value : `${ratio.toFixed(2)} × (${value})`;
    }),
  ]);
  return [`${title} (${name})`, ...aligned([head, ...lines])].join('\n');
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map(
    (line) =>
      `  ${line.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[at] ?? 0) + 2))).join('')}`,
  );
}
