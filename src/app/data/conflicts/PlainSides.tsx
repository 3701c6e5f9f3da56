import type { ConflictSides } from '../../../../machines/conflicts.types.ts';
import { recordText } from '../../recovery/recordWords.ts';
import { SideHeading } from './SideHeading.tsx';
import type { SideNames } from './step.ts';

/** What is no message, in full and in plain text: each side that has it. */
export function PlainSides({ pair, sides }: { pair: ConflictSides; sides: SideNames }) {
  const both = (['first', 'second'] as const).flatMap((side) => {
    const data = pair[side];
    return data === undefined ? [] : [{ side: sides[side], text: recordText({ data }) }];
  });
  return (
    <div className="grid min-w-0 gap-3 px-4 py-3 sm:grid-cols-2">
      {both.map(({ side, text }) => (
        <figure key={side.name} className="flex min-w-0 flex-col gap-1">
          <figcaption>
            <SideHeading side={side} />
          </figcaption>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
            tabIndex={0}
            className="scroll-thin max-h-56 overflow-auto rounded-md bg-muted p-2 font-mono text-xs"
          >
            {text}
          </pre>
        </figure>
      ))}
    </div>
  );
}
