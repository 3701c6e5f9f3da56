import { useEffect, useState } from 'react';
import { sayData } from '../../../words/sayData.ts';
import { SideHeading } from '../SideHeading.tsx';
import type { SideNames } from '../step.ts';
import type { MarkedText } from './marksIn.ts';
import ReadOnlyText from './ReadOnlyText.tsx';
import { scrollTogether } from './scrollTogether.ts';

export interface SideBySideProps {
  first: MarkedText;
  second: MarkedText;
  sides: SideNames;
}

/** Both messages as they are, beside each other or on a narrow screen below each other; scrolled as one. */
export default function SideBySide({ first, second, sides }: SideBySideProps) {
  const [one, setOne] = useState<HTMLElement | null>(null);
  const [other, setOther] = useState<HTMLElement | null>(null);
  useEffect(() => (one && other ? scrollTogether(one, other) : undefined), [one, other]);
  const panes = [
    { side: sides.first, shown: first, onScroller: setOne },
    { side: sides.second, shown: second, onScroller: setOther },
  ];
  return (
    <div className="grid min-w-0 gap-3 px-4 py-3 sm:grid-cols-2">
      {panes.map(({ side, shown, onScroller }) => (
        <figure key={side.name} className="flex min-w-0 flex-col gap-1">
          <figcaption>
            <SideHeading side={side} />
          </figcaption>
          <div className="h-44 overflow-hidden rounded-md border border-border bg-card focus-within:border-ring sm:h-72">
            <ReadOnlyText
              {...shown}
              label={sayData('conflicts.rawOf', { side: side.name })}
              description={sayData('conflicts.marked', { count: shown.marks.length })}
              onScroller={onScroller}
            />
          </div>
        </figure>
      ))}
    </div>
  );
}
