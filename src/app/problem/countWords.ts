import { sayProblem } from '../words/sayProblem.ts';

/** "148 templates"; of a vault without templates, "12 records". */
export function countWords(count: Readonly<Record<string, number>>): string {
  const { templates } = count;
  if (templates !== undefined) return sayProblem('count.templates', { count: templates });
  return sayProblem('count.records', { count: sumOf(count) });
}

export function sumOf(count: Readonly<Record<string, number>>): number {
  return Object.values(count).reduce((sum, records) => sum + records, 0);
}
