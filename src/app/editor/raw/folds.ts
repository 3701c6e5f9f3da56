import {
  type EditorState,
  type Extension,
  type Range,
  RangeSet,
  StateField,
  type Transaction,
} from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { say } from '../../words/say.ts';

/** A browser lays out a line as a whole, so one of megabytes would stop the page. Of longer lines the middle is folded. */
const LONGEST_LINE = 20_000;
const SHOWN_AT_START = 3_000;
const SHOWN_AT_END = 1_000;

/** What of a line is on screen, in offsets from its start: all of it, or the two ends of a folded one. */
export function shownParts(length: number): readonly { from: number; to: number }[] {
  if (length <= LONGEST_LINE) return [{ from: 0, to: length }];
  return [
    { from: 0, to: SHOWN_AT_START },
    { from: length - SHOWN_AT_END, to: length },
  ];
}

/** Folds the middle of very long lines, says how much is folded, and steps over it with the caret. */
export const folds: Extension = [
  StateField.define<DecorationSet>({
    create: (state) => RangeSet.of(foldsBetween(state, 0, state.doc.length)),
    update: (known, transaction) => (transaction.docChanged ? updated(known, transaction) : known),
    provide: (field) => [
      EditorView.decorations.from(field),
      EditorView.atomicRanges.of((view) => view.state.field(field)),
    ],
  }),
];

/** Only the lines that were touched are looked at again. */
function updated(known: DecorationSet, { changes, state }: Transaction): DecorationSet {
  let next = known.map(changes);
  changes.iterChangedRanges((_fromBefore, _toBefore, from, to) => {
    const [start, end] = [state.doc.lineAt(from).from, state.doc.lineAt(to).to];
    next = next.update({
      filter: (foldFrom, foldTo) => foldTo < start || foldFrom > end,
      add: foldsBetween(state, start, end),
    });
  });
  return next;
}

function foldsBetween({ doc }: EditorState, from: number, to: number): Range<Decoration>[] {
  const found: Range<Decoration>[] = [];
  const first = doc.lineAt(from).number;
  const last = doc.lineAt(to).number;
  let at = doc.line(first).from;
  for (const text of doc.iterLines(first, last + 1)) {
    if (text.length > LONGEST_LINE) {
      const fold = new Fold(text.length - SHOWN_AT_START - SHOWN_AT_END);
      found.push(
        Decoration.replace({ widget: fold }).range(at + SHOWN_AT_START, at + text.length - SHOWN_AT_END),
      );
    }
    at += text.length + 1;
  }
  return found;
}

class Fold extends WidgetType {
  readonly hidden: number;

  constructor(hidden: number) {
    super();
    this.hidden = hidden;
  }

  override eq(other: Fold): boolean {
    return other.hidden === this.hidden;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'hl7-fold';
    element.textContent = say('raw.folded', { count: this.hidden });
    return element;
  }
}
