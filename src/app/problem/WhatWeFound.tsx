import { ClipboardCopy } from 'lucide-react';
import type { ProblemCommands } from '../start/commands.ts';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';

const SHOWN = 20;

interface WhatWeFoundProps {
  lines: readonly string[];
  commands: Pick<ProblemCommands, 'copyReport'>;
}

/** Codes and places, for those who help; never any content. */
export function WhatWeFound({ lines, commands }: WhatWeFoundProps) {
  // Two damages may lie at the same place.
  const found = [...new Set(lines)];
  if (found.length === 0) return null;
  const more = found.length - SHOWN;
  return (
    <details className="text-xs">
      <summary className="w-fit cursor-pointer rounded py-1 font-medium text-muted-foreground hover:text-foreground">
        {sayProblem('problem.whatWeFound')}
      </summary>
      <ul className="mt-1 flex flex-col gap-1 rounded-lg bg-muted p-3 font-mono wrap-anywhere text-foreground">
        {found.slice(0, SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 && <li>{sayProblem('problem.moreFound', { count: more })}</li>}
      </ul>
      <Button
        size="small"
        look="quiet"
        className="mt-1 -ml-2"
        onClick={() => void commands.copyReport(found.join('\n'))}
      >
        <ClipboardCopy aria-hidden="true" />
        {sayProblem('problem.copyReport')}
      </Button>
    </details>
  );
}
