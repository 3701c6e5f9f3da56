import type { ConflictSides } from '../../../../machines/conflicts.types.ts';
import { recordText } from '../../recovery/recordWords.ts';
import { sayData } from '../../words/sayData.ts';
import type { SideNames } from './step.ts';

/** Both sides beside each other, folded away: fields say more than lines. */
export function BothInFull({ pair, sides }: { pair: ConflictSides; sides: SideNames }) {
  const both = (['first', 'second'] as const).flatMap((side) => {
    const data = pair[side];
    return data === undefined ? [] : [{ name: sides[side], text: recordText({ data }) }];
  });
  return (
    <details className="border-t border-border px-4 py-2 text-xs">
      <summary className="w-fit cursor-pointer rounded py-1 font-medium text-muted-foreground hover:text-foreground">
        {sayData('conflicts.raw')}
      </summary>
      <div className="mt-1 grid gap-3 sm:grid-cols-2">
        {both.map(({ name, text }) => (
          <figure key={name} className="flex min-w-0 flex-col gap-1">
            <figcaption className="text-muted-foreground">{name}</figcaption>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
              tabIndex={0}
              className="scroll-thin max-h-56 overflow-auto rounded-md bg-muted p-2 font-mono"
            >
              {text}
            </pre>
          </figure>
        ))}
      </div>
    </details>
  );
}
