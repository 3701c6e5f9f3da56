import { useMemo, useState } from 'react';
import type { Conflict } from '../../../../machines/conflicts.types.ts';
import { later } from '../../ui/later.tsx';
import { sayData } from '../../words/sayData.ts';
import { FieldValue } from './FieldValue.tsx';
import type { MergeState } from './mergeState.ts';
import { PlacesBySide } from './PlacesBySide.tsx';
import { markedText } from './raw/marksIn.ts';
import { Sign } from './Sign.tsx';
import type { SideNames } from './step.ts';

const ReadOnlyText = later(() => import('./raw/ReadOnlyText.tsx'));

interface MergePreviewProps {
  conflict: Conflict;
  state: MergeState;
  sides: SideNames;
  nameOf: (path: string) => string;
  /** It was refused: what it would be explains why. */
  isRefused: boolean;
}

/** Folded away: the merged record as it would be written with the sides picked so far, and where each place is from. */
export function MergePreview({ isRefused, ...props }: MergePreviewProps) {
  const [isOpen, setOpen] = useState(isRefused);
  return (
    <details
      className="pr-2 pl-8.5 text-xs"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="w-fit cursor-pointer rounded py-1 font-medium text-muted-foreground hover:text-foreground">
        {sayData('preview.open')}
      </summary>
      {isOpen && <Preview {...props} />}
    </details>
  );
}

function Preview({ conflict, state, sides, nameOf }: Omit<MergePreviewProps, 'isRefused'>) {
  const { merged, taken, open, fault } = state;
  const texts = useMemo(
    () =>
      merged?.texts().map((text) => ({
        member: text.member,
        shown: markedText(text, (path) => taken.get(path) ?? 'open'),
      })),
    [merged, taken],
  );
  if (!texts) return <p className="text-muted-foreground">{sayData('preview.looking')}</p>;
  const isInText = (path: string) =>
    texts.some(({ member }) => path === member || path.startsWith(`${member}/`));
  const members = conflict.rows.filter(({ path }) => !isInText(path));
  return (
    <div className="flex min-w-0 flex-col gap-2 pb-2">
      <p role="status" className="text-muted-foreground">
        {open > 0
          ? sayData('preview.undecided', { count: open, place: sides.first.place })
          : sayData(fault === null ? 'preview.sound' : 'preview.refused')}
      </p>
      {members.length > 0 && (
        <ul className="flex flex-col gap-1">
          {members.map((row) => (
            <li key={row.path} className="flex min-w-0 items-baseline gap-2">
              <Sign kind={taken.get(row.path) ?? 'open'} />
              <span className="shrink-0 font-medium">{nameOf(row.path)}</span>
              <span className="min-w-0">
                <FieldValue value={row[taken.get(row.path) ?? 'first']} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {texts.map(({ member, shown }) => (
        <div
          key={member}
          className="h-48 overflow-hidden rounded-md border border-border bg-card focus-within:border-ring"
        >
          <ReadOnlyText
            {...shown}
            label={sayData('preview.text')}
            description={sayData('preview.textMeans')}
          />
        </div>
      ))}
      <PlacesBySide rows={conflict.rows} taken={taken} sides={sides} nameOf={nameOf} />
    </div>
  );
}
