import { sayProblem } from '../words/sayProblem.ts';

const SHOWN = 20;

/** Codes and places, for those who help; never any content. */
export function WhatWeFound({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  const more = lines.length - SHOWN;
  return (
    <details className="text-xs">
      <summary className="w-fit cursor-pointer rounded py-1 font-medium text-muted-foreground hover:text-foreground">
        {sayProblem('problem.whatWeFound')}
      </summary>
      <ul className="mt-1 flex flex-col gap-1 rounded-lg bg-muted p-3 font-mono wrap-anywhere text-foreground">
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 && <li>{sayProblem('problem.moreFound', { count: more })}</li>}
      </ul>
    </details>
  );
}
