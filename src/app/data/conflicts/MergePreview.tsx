import { useState } from 'react';
import type { Conflict, ConflictDraft } from '../../../../machines/conflicts.types.ts';
import { later } from '../../ui/later.tsx';
import { sayData } from '../../words/sayData.ts';
import { FieldValue } from './FieldValue.tsx';
import type { MergeState } from './mergeState.ts';
import { sideOf } from './open.ts';
import { PlacesBySide } from './PlacesBySide.tsx';
import { markedText } from './raw/marksIn.ts';
import { Sign } from './Sign.tsx';
import type { SideNames } from './step.ts';

const ReadOnlyText = later(() => import('./raw/ReadOnlyText.tsx'));

interface MergePreviewProps {
  conflict: Conflict;
  draft: ConflictDraft;
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

function Preview({ conflict, draft, state, sides, nameOf }: Omit<MergePreviewProps, 'isRefused'>) {
  const { merged, open, fault } = state;
  if (!merged) return <p className="text-muted-foreground">{sayData('preview.looking')}</p>;
  const texts = merged.texts();
  const kindOf = (path: string) => {
    const row = conflict.rows.find((one) => one.path === path);
    return (row && sideOf(draft, conflict.key, row)) ?? 'open';
  };
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
              <Sign kind={kindOf(row.path)} />
              <span className="shrink-0 font-medium">{nameOf(row.path)}</span>
              <span className="min-w-0">
                <FieldValue value={row[sideOf(draft, conflict.key, row) ?? 'first']} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {texts.map((member) => (
        <div
          key={member.member}
          className="h-48 overflow-hidden rounded-md border border-border bg-card focus-within:border-ring"
        >
          <ReadOnlyText
            {...markedText(member, kindOf)}
            label={sayData('preview.text')}
            description={sayData('preview.textMeans')}
          />
        </div>
      ))}
      <PlacesBySide conflict={conflict} draft={draft} sides={sides} nameOf={nameOf} />
    </div>
  );
}
