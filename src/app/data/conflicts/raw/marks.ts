import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  WidgetType,
} from '@codemirror/view';
import { readLineEnds } from '../../../editor/lineEnds.ts';
import { MARK_SIGNS, type TextMark } from './textMark.ts';

interface Marked {
  readonly places: DecorationSet;
  readonly lines: RangeSet<GutterMarker>;
}

/** Points out other places from now on. */
export const setMarks = StateEffect.define<{ readonly text: string; readonly marks: readonly TextMark[] }>();

const NONE: Marked = { places: Decoration.none, lines: RangeSet.empty };

const marked = StateField.define<Marked>({
  create: () => NONE,
  update(known, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(setMarks)) return markedIn(transaction.state, effect.value);
    return known;
  },
  provide: (field) => EditorView.decorations.from(field, ({ places }) => places),
});

/** Marks with a line below and a sign before, and lines that differ with a sign at their edge: never by colour alone. */
export const marksShown: Extension = [
  marked,
  gutter({ class: 'hl7-edge', markers: (view) => view.state.field(marked).lines }),
  EditorView.theme({
    '.hl7-edge': { minWidth: '0.9rem' },
    '.hl7-edge .cm-gutterElement': { color: 'var(--foreground)', fontWeight: '700', textAlign: 'center' },
    '.hl7-mark-first': { borderBottom: '2px solid var(--info)' },
    '.hl7-mark-second': { borderBottom: '3px double var(--info)' },
    '.hl7-mark-open': { borderBottom: '2px dotted var(--warning)' },
    '.hl7-mark-differs': { borderBottom: '2px solid var(--info)' },
    '.hl7-sign': {
      fontFamily: 'var(--font-sans)',
      fontSize: '0.6875rem',
      fontWeight: '700',
      color: 'var(--info)',
      backgroundColor: 'var(--info-soft)',
      borderRadius: '3px',
      padding: '0 2px',
      margin: '0 1px',
    },
    '.hl7-sign-open': { color: 'var(--warning)', backgroundColor: 'var(--warning-soft)' },
  }),
];

function markedIn(
  { doc }: EditorState,
  { text, marks: all }: { text: string; marks: readonly TextMark[] },
): Marked {
  const ends = readLineEnds(text);
  const shown = all.map(({ from, to, kind }) => ({ from: ends.toShown(from), to: ends.toShown(to), kind }));
  const places = shown.flatMap(({ from, to, kind }) => {
    const sign = MARK_SIGNS[kind];
    const before =
      sign === null ? [] : [Decoration.widget({ widget: new Sign(sign, kind), side: -1 }).range(from)];
    return from === to ? before : [...before, MARKS[kind].range(from, to)];
  });
  const starts = shown
    .filter(({ kind }) => kind === 'differs')
    .flatMap(({ from, to }) => linesIn(doc, from, to));
  return {
    places: Decoration.set(places, true),
    lines: RangeSet.of(
      [...new Set(starts)].map((start) => edge.range(start)),
      true,
    ),
  };
}

function linesIn(doc: EditorState['doc'], from: number, to: number): number[] {
  const first = doc.lineAt(from).number;
  const last = doc.lineAt(to).number;
  return Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i).from);
}

const MARKS = {
  first: Decoration.mark({ class: 'hl7-mark-first' }),
  second: Decoration.mark({ class: 'hl7-mark-second' }),
  open: Decoration.mark({ class: 'hl7-mark-open' }),
  differs: Decoration.mark({ class: 'hl7-mark-differs' }),
} as const;

const edge = new (class extends GutterMarker {
  override toDOM(): Node {
    return document.createTextNode('≠');
  }
})();

class Sign extends WidgetType {
  readonly sign: string;
  readonly kind: TextMark['kind'];

  constructor(sign: string, kind: TextMark['kind']) {
    super();
    this.sign = sign;
    this.kind = kind;
  }

  override eq(other: Sign): boolean {
    return other.kind === this.kind;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = `hl7-sign hl7-sign-${this.kind}`;
    element.textContent = this.sign;
    return element;
  }
}
