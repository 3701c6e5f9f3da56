import { MARK_SIGNS, type TextMark } from './raw/textMark.ts';

/** The sign that stands before a place in a merged text; the words beside it say what it means. */
export function Sign({ kind }: { kind: TextMark['kind'] }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-block w-4 shrink-0 rounded text-center font-bold ${kind === 'open' ? 'bg-warning-soft text-warning' : 'bg-info-soft text-info'}`}
    >
      {MARK_SIGNS[kind]}
    </span>
  );
}
