import type { SourceReport } from '../../../machines/migration.types.ts';
import { sayProblem } from '../words/sayProblem.ts';

const COLUMNS = ['found', 'imported', 'merged', 'kept'] as const;

/** What became of each place where an earlier version kept something. Names places and counts, no contents. */
export function SourceTable({ sources }: { sources: readonly SourceReport[] }) {
  return (
    <table className="w-full border-collapse text-left text-xs">
      <thead>
        <tr className="text-muted-foreground">
          <th scope="col" className="py-1.5 pr-3 font-medium">
            {sayProblem('legacy.place')}
          </th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className="px-2 py-1.5 text-right font-medium">
              {sayProblem(`legacy.${column}Column`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.source} className="border-t border-border align-top">
            <th scope="row" className="py-2 pr-3 font-normal">
              <span className="block font-mono break-all">{source.source}</span>
              <span className="text-muted-foreground">{sayProblem(stateKey(source))}</span>
            </th>
            {COLUMNS.map((column) => (
              <td key={column} className="px-2 py-2 text-right tabular-nums">
                {source[column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateKey({ state, answer }: SourceReport) {
  if (answer === 'unreadable') return 'legacy.unreadable';
  if (state === 'partly') return 'legacy.partly';
  return state === 'pending' ? 'legacy.again' : 'legacy.done';
}
