import { useMemo } from 'react';
import type { ComparedRecord, ConflictSides } from '../../../../machines/conflicts.types.ts';
import { later } from '../../ui/later.tsx';
import type { Side } from '../fileTypes.ts';
import { PlainSides } from './PlainSides.tsx';
import { differingLines, type MarkedText, markedText } from './raw/marksIn.ts';
import type { SideNames } from './step.ts';

const SideBySide = later(() => import('./raw/SideBySide.tsx'));

interface RawSidesProps {
  pair: ConflictSides;
  record: ComparedRecord | null;
  sides: SideNames;
}

/** Both versions as they are: messages with what differs in them marked, anything else as plain text. */
export function RawSides({ pair, record, sides }: RawSidesProps) {
  const both = useMemo(() => record && bothMarked(record), [record]);
  if (!both) return <PlainSides pair={pair} sides={sides} />;
  return <SideBySide {...both} sides={sides} fallback={<div className="h-96 sm:h-78" />} />;
}

function bothMarked(record: ComparedRecord): Record<Side, MarkedText> | null {
  const [first] = record.textsOf('first');
  const [second] = record.textsOf('second');
  if (!first || !second) return null;
  const [one, other] = [first, second].map((member) => markedText(member, () => 'differs'));
  if (!one || !other) return null;
  const isWhole = record.rows.some(({ path }) => path === first.member);
  if (!isWhole) return { first: one, second: other };
  return { first: differingLines(one.text, other.text), second: differingLines(other.text, one.text) };
}
