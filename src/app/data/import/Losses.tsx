import { storesWords } from '../../problem/storeWords.ts';
import { VirtualRows } from '../../problem/VirtualRows.tsx';
import { recordTitle } from '../../recovery/recordWords.ts';
import { sayData } from '../../words/sayData.ts';
import type { PreviewControls } from './ImportPreview.tsx';
import { Tick } from './Tick.tsx';

/** What would leave the list or get other content, by name and before it happens; where much goes, consent. */
export function Losses({ preview, selection, onSelect }: PreviewControls) {
  const { lost, replaced, shrinking } = preview.plan;
  if (lost.length === 0 && replaced.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 rounded-lg bg-warning-soft px-4 py-3">
      {lost.length > 0 && (
        <>
          <p>
            <strong className="font-medium">{sayData('import.lostTitle', { count: lost.length })}.</strong>{' '}
            {sayData('import.lostMeans')}
          </p>
          <VirtualRows
            label={sayData('import.lost')}
            items={lost}
            keyOf={({ store, id }) => `${store} ${id}`}
            isText
            className="max-h-28 rounded-md border border-border bg-card"
          >
            {({ store, data }) => (
              <span className="flex h-full items-center px-3 text-sm">
                <span className="truncate">{recordTitle(store, data)}</span>
              </span>
            )}
          </VirtualRows>
        </>
      )}
      {replaced.length > 0 && (
        <p>
          {sayData('import.replacedTitle', { count: replaced.length })}. {sayData('import.replacedMeans')}
        </p>
      )}
      {shrinking.length > 0 && (
        <Tick isTicked={selection.isAgreed} onTick={(isAgreed) => onSelect({ isAgreed })}>
          {sayData('import.agree', { what: storesWords(shrinking) })}
        </Tick>
      )}
    </section>
  );
}
